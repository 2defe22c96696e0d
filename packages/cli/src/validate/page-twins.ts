import { escapeMarkup, grouped } from '../display/markup.ts';
import { probabilityWords } from './page-numbers.ts';
import type { ToldParting, TwinFindings } from './twin-findings.ts';
import type { CaseResult, GroupResult } from './validation.ts';

type TwinCaseResult = CaseResult & { readonly twin: TwinFindings };

/** A table over all cases of a group that compares two engines photon by photon; nothing of other groups. */
export function twinTable({ name, cases }: Pick<GroupResult, 'name' | 'cases'>): string {
  const twins = cases.filter((one): one is TwinCaseResult => one.twin !== undefined);
  if (twins.length === 0) return '';
  return `<div class="scroll" tabindex="0" role="region" aria-label="Photon by photon"><table>
<thead><tr><th scope="col"></th><th scope="col">photons</th><th scope="col">other history</th><th scope="col">share</th>
<th scope="col">not by rounding</th><th scope="col">ends apart: half within</th><th scope="col">99 % within</th><th scope="col">largest</th>
<th scope="col">numbers drawn</th><th scope="col">least p of ends</th></tr></thead>
<tbody>${twins.map((one) => row(name, one)).join('\n')}</tbody></table></div>`;
}

function row(group: string, { name, title, twin, verdict }: TwinCaseResult): string {
  const { photons, differing, unexplained, distances, draws, counted, least } = twin;
  const drawn = counted > 0 ? `${grouped(draws)} equal` : '';
  return `<tr${verdict.agrees ? '' : ' class="bad"'}><th scope="row"><a href="#${group}-${name}">${escapeMarkup(title)}</a></th>
<td>${grouped(photons)}</td><td>${grouped(differing)}</td><td>${shareWords(differing / photons)}</td><td>${unexplained}</td>
<td>${lengthWords(distances.median)}</td><td>${lengthWords(distances.p99)}</td><td>${lengthWords(distances.largest)}</td>
<td>${drawn}</td><td>${least < 1 ? probabilityWords(least) : ''}</td></tr>`;
}

/** The photons of a case whose histories differ, folded away. */
export function twinPartings({ title, twin }: Pick<CaseResult, 'title' | 'twin'>): string {
  if (!twin || twin.partings.length === 0) return '';
  const { partings, differing } = twin;
  const which =
    partings.length < differing
      ? `The first ${partings.length} of ${differing}`
      : `All ${differing}`;
  return `<details><summary>${which} photons with another history</summary>
<ol class="partings" aria-label="${escapeMarkup(title)}: photons with another history">${partings.map(item).join('\n')}</ol></details>`;
}

function item({ lines, why }: ToldParting): string {
  const [what = '', ...sides] = lines;
  const cause =
    why === undefined ? '<strong class="no">not by rounding</strong>' : escapeMarkup(why);
  return `<li>${escapeMarkup(what)}: ${cause}${sides.map((side) => `<br>${escapeMarkup(side)}`).join('')}</li>`;
}

/** In thousandths of all photons, as the limit is. */
function shareWords(share: number): string {
  if (!(share > 0)) return '0';
  return `${(1000 * share).toPrecision(2)}\u202f‰`;
}

/** A length in mm, or in the unit that makes it a short number. */
function lengthWords(mm: number): string {
  if (mm === 0) return '0';
  if (mm >= 0.1) return `${Number(mm.toPrecision(2))}\u202fmm`;
  return mm >= 1e-4
    ? `${(1e3 * mm).toPrecision(2)}\u202fµm`
    : `${(1e6 * mm).toPrecision(2)}\u202fnm`;
}
