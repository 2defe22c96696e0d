import { escapeMarkup, grouped } from '../display/markup.ts';
import {
  type FractionAgreement,
  type HistogramAgreement,
  largestDeviation,
  smallestProbability,
} from './agreement.ts';
import { histogramChart } from './histogram-chart.ts';
import type { OutcomeName, QuantityName } from './reference.ts';
import type { CaseResult, Validation } from './validation.ts';
import { validationStyle } from './validation-style.ts';

const outcomeTitles: Readonly<Record<OutcomeName, string>> = {
  absorbed: 'Absorbed in bulk',
  detected: 'Detected',
  surfaceAbsorbed: 'Absorbed at a surface',
  leftWorld: 'Left the world',
};

const quantityTitles: Readonly<Record<QuantityName, string>> = {
  t_ns: 'time, ns',
  wavelength_nm: 'wavelength, nm',
  x_mm: 'x, mm',
  y_mm: 'y, mm',
  z_mm: 'z, mm',
};

/** The results as one HTML page that needs nothing else. */
export function validationPage(validation: Validation): string {
  const { cases, agrees } = validation;
  const checks = cases.flatMap(({ agreement }) => [
    ...agreement.fractions,
    ...agreement.histograms,
  ]);
  const failed = checks.filter((check) => !check.agrees).length;
  const verdict = agrees
    ? `All ${checks.length} comparisons agree`
    : `${failed} of ${checks.length} comparisons do not agree`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lantern beside Geant4: ${agrees ? 'agrees' : 'does not agree'}</title>
<style>${validationStyle}</style>
</head>
<body>
<header>
<h1>Lantern beside Geant4</h1>
<p class="verdict ${agrees ? 'good' : 'bad'}">${badge(agrees)} ${verdict}</p>
<p>The same photons in the same detectors, propagated by both. A fraction agrees within ${largestDeviation} standard
deviations of the difference; a histogram when its chi-squared probability is above ${smallestProbability}. Times
are told as Geant4 tells them with default settings, which is late at boundaries: the first piece after one goes at the
velocity of the wrong medium, unless an application calls UseGivenVelocity(true). <strong>As Lantern writes them, always by
the medium that the photon is in, ${ownFailures(cases)} of
${cases.flatMap(({ ownTimes }) => ownTimes).length} time histograms differ</strong>, shown at the end of each detector.
Seed ${validation.seed}, ${escapeMarkup(validation.engine)} engine, ${escapeMarkup(validation.created)}.</p>
${overview(cases)}
</header>
<main>
${cases.map(section).join('\n')}
</main>
</body>
</html>
`;
}

function ownFailures(cases: readonly CaseResult[]): number {
  return cases.flatMap(({ ownTimes }) => ownTimes).filter(({ agrees }) => !agrees).length;
}

function overview(cases: readonly CaseResult[]): string {
  const rows = cases.map(({ name, agreement }) => {
    const deviation = Math.max(0, ...agreement.fractions.map((item) => Math.abs(item.deviation)));
    const probability = Math.min(1, ...agreement.histograms.map((item) => item.probability));
    return `<tr><th scope="row"><a href="#${name}">${name}</a></th><td>${badge(agreement.agrees)}</td>
<td>${deviation.toFixed(1)} σ</td><td>${formatProbability(probability)}</td>
<td>${grouped(agreement.photons)}</td></tr>`;
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="Overview"><table>
<thead><tr><th scope="col">detector</th><th scope="col"></th><th scope="col">largest deviation</th>
<th scope="col">least probability</th><th scope="col">photons</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
}

function section({ name, source, agreement, ownTimes }: CaseResult): string {
  const outcomes = (Object.keys(outcomeTitles) as OutcomeName[]).filter((outcome) =>
    agreement.histograms.some((histogram) => histogram.outcome === outcome),
  );
  const charts = outcomes.map(
    (outcome) => `<h3>${outcomeTitles[outcome]}</h3>
<div class="charts">${agreement.histograms
      .filter((histogram) => histogram.outcome === outcome)
      .map((histogram) => figure(histogram))
      .join('\n')}</div>`,
  );
  return `<section id="${name}" aria-labelledby="${name}-title">
<h2 id="${name}-title">${name} ${badge(agreement.agrees)}</h2>
<p>${grouped(agreement.photons)} photons beside ${grouped(agreement.expectedPhotons)} of ${escapeMarkup(source)}.</p>
<h3>Fractions of photons</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Fractions, ${name}"><table>
<thead><tr><th scope="col">photons that</th><th scope="col">Lantern</th><th scope="col">Geant4</th>
<th scope="col">deviation</th><th scope="col"><span class="hidden">drawn from −${largestDeviation} to ${largestDeviation} σ</span></th></tr></thead>
<tbody>${agreement.fractions.map((item) => fractionRow(item, agreement)).join('\n')}</tbody></table></div>
<p class="key"><span class="key-ours"></span> Lantern with its errors <span class="key-theirs"></span> Geant4, to the same
area; below, the ratio with the errors of both. Times are drawn on a logarithmic scale.</p>
${charts.join('\n')}
<details><summary>Times by Lantern’s own clock</summary>
<p>With Geant4’s default settings the first straight piece after a refraction has the velocity of the medium that the
photon has left, and the first after a mirror that of the medium it did not enter. Lantern’s times use the medium that the
photon is in. Above they were turned into Geant4’s by that rule; here they are as Lantern writes them. They are not part of the verdict.</p>
<div class="charts">${ownTimes.map((histogram) => figure(histogram, `time, ns: ${outcomeTitles[histogram.outcome].toLowerCase()}`)).join('\n')}</div>
</details>
</section>`;
}

const verbs: Readonly<Record<string, string>> = {
  absorbed: 'were absorbed in bulk',
  detected: 'were detected',
  surfaceAbsorbed: 'were absorbed at a surface',
  leftWorld: 'left the world',
  scattered: 'scattered (Rayleigh)',
  refracted: 'were refracted',
  reflected: 'were reflected (Fresnel, total)',
  diffuse: 'were reflected diffusely',
  specular: 'were reflected by a surface',
  shifted: 'changed wavelength',
};

function fractionRow(
  { name, count, expected, deviation, agrees }: FractionAgreement,
  totals: { readonly photons: number; readonly expectedPhotons: number },
): string {
  const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(3)} %`;
  const at =
    50 +
    (50 * Math.max(-largestDeviation, Math.min(largestDeviation, deviation))) / largestDeviation;
  const [from, to] = [Math.min(50, at), Math.max(50, at)];
  return `<tr${agrees ? '' : ' class="bad"'}><th scope="row">${verbs[name] ?? name}</th>
<td>${percent(count, totals.photons)}</td><td>${percent(expected, totals.expectedPhotons)}</td>
<td>${deviation >= 0 ? '+' : '−'}${Math.abs(deviation).toFixed(1)} σ</td>
<td><span class="bar"><span style="left:${from.toFixed(1)}%;width:${(to - from).toFixed(1)}%"></span></span></td></tr>`;
}

function figure(histogram: HistogramAgreement, title = quantityTitles[histogram.quantity]): string {
  const { probability, chiSquared, degreesOfFreedom, agrees } = histogram;
  return `<figure${agrees ? '' : ' class="bad"'}>
<figcaption><strong>${title}</strong>
<span>p = ${formatProbability(probability)}</span><span>χ² ${chiSquared.toFixed(1)} / ${degreesOfFreedom}</span></figcaption>
${histogramChart(histogram)}
</figure>`;
}

function badge(agrees: boolean): string {
  return agrees
    ? '<span class="badge good">✓ agrees</span>'
    : '<span class="badge bad">✗ differs</span>';
}

function formatProbability(probability: number): string {
  if (probability < 1e-99) return '0';
  return probability >= 0.001 ? probability.toFixed(3) : probability.toExponential(1);
}
