import { escapeMarkup, grouped } from '../display/markup.ts';
import { knownFaults } from './bug-list.ts';
import type { LeakRecord } from './leaks.ts';
import { badge, caseArticle } from './page-case.ts';
import { probabilityWords } from './page-numbers.ts';
import { speedSection } from './page-speed.ts';
import { trendSection } from './page-trend.ts';
import { twinTable } from './page-twins.ts';
import type { GroupResult, Validation } from './validation.ts';
import { validationStyle } from './validation-style.ts';
import { largestDeviation } from './verdict.ts';

/** The results as one HTML page that needs nothing else. */
export function validationPage(validation: Validation): string {
  const { groups, verdict, trend, leaks } = validation;
  const { comparisons, differing, agrees } = verdict;
  const words = agrees
    ? `All ${comparisons} comparisons agree`
    : `${differing.length} of ${comparisons} comparisons do not agree`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lantern validated: ${agrees ? 'agrees' : 'does not agree'}</title>
<style>${validationStyle}</style>
</head>
<body>
<a class="skip" href="#contents">To the contents</a>
<header>
<h1>Lantern validated</h1>
<p class="verdict ${agrees ? 'good' : 'bad'}">${badge(agrees)} ${words}</p>
${ran(validation)}
${statistics(validation)}
</header>
<nav id="contents" aria-label="Contents">
${overview(groups, leaks)}
</nav>
<main>
<p class="key"><span class="key-ours"></span> Lantern with its errors <span class="key-theirs"></span> expected, to the same
area; below a histogram, the ratio.</p>
${groups.map((group) => section(group)).join('\n')}
${faults()}
${leakSection(leaks)}
${trendSection(trend)}
${speedSection(validation.speed ?? [])}
</main>
</body>
</html>
`;
}

function ran(validation: Validation): string {
  const { commit, created, seed, engine, threads, machine, seconds, mostPhotons } = validation;
  return `<p>Commit ${escapeMarkup(commit)}, ${escapeMarkup(created.slice(0, 16).replace('T', ' '))} UTC, seed ${seed},
${escapeMarkup(engine)} engine, ${threads > 0 ? `${threads} threads, ` : ''}${seconds.toFixed(0)} s on ${escapeMarkup(machine)}.${
    mostPhotons === undefined
      ? ''
      : ` This GPU is a program: of each case at most ${grouped(mostPhotons)} photons, where the texts speak of more.`
  }</p>`;
}

function statistics({ verdict: { comparisons, beyond, differing, evenness } }: Validation): string {
  const past = beyond.filter((one) => !differing.includes(one));
  const named = past.map(({ name, deviation }) => `${name} (${deviation.toFixed(1)} σ)`).join(', ');
  return `<p>A number agrees within ${largestDeviation} standard deviations, a histogram when its chi-squared has a chance above
10⁻⁴, an exact value within its limit. Of ${comparisons} comparisons one may be past that by chance: it counts as different only when
it stays improbable among all of them (Holm’s procedure, one false alarm in a hundred runs). ${
    past.length === 0 ? 'None is past it.' : `Past it by chance: ${escapeMarkup(named)}.`
  }${
    evenness === undefined
      ? ''
      : ` Their probabilities should be even from 0 to 1: chi-squared of ten bins, p = ${probabilityWords(evenness)}; counts near 0 make them a little uneven.`
  }</p>`;
}

function overview(groups: readonly GroupResult[], leaks: LeakRecord | undefined): string {
  const rows = groups.map(({ name, title, verdict, missing, cases }) => {
    const link = `<th scope="row"><a href="#${name}">${escapeMarkup(title)}</a></th>`;
    if (missing !== undefined)
      return `<tr>${link}<td colspan="5"><span class="badge">not there</span></td></tr>`;
    const { agrees, comparisons, worst, least } = verdict;
    return `<tr>${link}<td>${badge(agrees)}</td><td>${comparisons}</td><td>${worst > 0 ? `${worst.toFixed(1)} σ` : ''}</td>
<td>${least < 1 ? probabilityWords(least) : ''}</td><td>${grouped(cases.reduce((sum, { photons }) => sum + photons, 0))}</td></tr>`;
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="Overview"><table>
<thead><tr><th scope="col">what is compared</th><th scope="col"></th><th scope="col">comparisons</th><th scope="col">largest deviation</th>
<th scope="col">least probability</th><th scope="col">photons</th></tr></thead>
<tbody>${rows.join('\n')}
<tr><th scope="row"><a href="#faults">Faults that other programs had</a></th><td colspan="5">${knownFaults.length} held by tests</td></tr>
<tr><th scope="row"><a href="#leaks">Leaks in closed detectors</a></th><td colspan="5">${leaks ? `${leaks.leaks} in ${(leaks.steps / 1e6).toFixed(0)} million steps` : 'not recorded'}</td></tr>
<tr><th scope="row"><a href="#trend">Over the commits</a></th><td colspan="5"><a href="#speed">speed</a></td></tr></tbody></table></div>`;
}

function section(group: GroupResult): string {
  const { name, title, about, missing, cases, verdict, seconds } = group;
  const result = missing === undefined ? badge(verdict.agrees) : '';
  const sources = [...new Set(cases.map(({ source }) => source))];
  const isSourceTold = cases.length > 1 && sources.length === 1;
  return `<section id="${name}" aria-labelledby="${name}-title">
<h2 id="${name}-title">${escapeMarkup(title)} ${result}</h2>
<p>${escapeMarkup(about)}${missing === undefined ? ` Took ${seconds.toFixed(1)} s.` : ''}</p>
${isSourceTold ? `<p class="source">${escapeMarkup(sources[0] ?? '')}</p>` : ''}
${missing === undefined ? '' : `<p class="note">${escapeMarkup(missing)}</p>`}
${twinTable(group)}
<div class="cases">${cases.map((one) => caseArticle(name, one, isSourceTold)).join('\n')}</div>
</section>`;
}

function faults(): string {
  const rows = knownFaults.map(
    ({ rule, finding, effect, source }) =>
      `<tr><th scope="row">${rule}</th><td class="words">${escapeMarkup(finding)}</td><td class="words">${escapeMarkup(effect)}</td><td class="words">${escapeMarkup(source)}</td></tr>`,
  );
  return `<section id="faults" aria-labelledby="faults-title">
<h2 id="faults-title">Faults that other programs had</h2>
<p>Each is a rule of packages/optics/SPEC.md with a test that fails where the fault is there:
<code>npm test -- -t BUG4</code> runs one.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Faults"><table>
<thead><tr><th scope="col">test</th><th scope="col">finding</th><th scope="col">effect</th><th scope="col">source</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>
</section>`;
}

function leakSection(leaks: LeakRecord | undefined): string {
  const said = leaks
    ? `<p>${badge(leaks.leaks === 0)} ${grouped(leaks.steps)} steps in ${leaks.detectors} closed detectors, ${leaks.leaks} photons
outside at the end; ${escapeMarkup(leaks.date.slice(0, 10))}, ${leaks.seconds.toFixed(0)} s on ${escapeMarkup(leaks.machine)}.</p>`
    : '<p>Nothing is recorded yet: <code>npm run leaks -- --record</code>.</p>';
  return `<section id="leaks" aria-labelledby="leaks-title">
<h2 id="leaks-title">Leaks in closed detectors</h2>
<p>Photons between perfect mirrors, polished and ground, in each type of solid, whole and in segments: none may ever be
outside. It takes minutes, so it is not part of this run; ten million steps of it are in the tests (CF9).</p>
${said}
</section>`;
}
