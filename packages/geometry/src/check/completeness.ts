import type { Detector } from '../model/detector.ts';
import type { Material } from '../model/material.ts';
import { type Finding, placeOf, type Severity } from './finding.ts';

/** Processes of a material that lack one of the properties they need, and properties that need a process. */
export function checkCompleteness(detector: Detector): Finding[] {
  const findings: Finding[] = [];
  for (const material of detector.materials.values()) {
    const where = placeOf(detector, 'material', material.name);
    for (const [severity, message] of [
      ...shiftOf(material),
      ...reemissionOf(material),
      ...scintillationOf(material),
      ...propagationOf(material),
    ]) {
      findings.push({ kind: 'incomplete', severity, where, message });
    }
  }
  return findings;
}

type Lack = readonly [severity: Severity, message: string];

function names({ properties: { tables, constants } }: Material): (name: string) => boolean {
  return (name) => tables.has(name) || constants.has(name);
}

function shiftOf(material: Material): Lack[] {
  const has = names(material);
  const remarks: Lack[] = [];
  for (const set of ['', '2']) {
    const [length, spectrum, time] = [
      `WLSABSLENGTH${set}`,
      `WLSCOMPONENT${set}`,
      `WLSTIMECONSTANT${set}`,
    ];
    if (has(length) && !has(spectrum)) {
      remarks.push([
        'warning',
        `${length} without ${spectrum}: photons are absorbed by the shifter and none is emitted.`,
      ]);
    }
    if (has(spectrum) && !has(length)) {
      remarks.push(['warning', `${spectrum} without ${length}: nothing is ever shifted.`]);
    }
    if (has(length) && has(spectrum) && !has(time)) {
      remarks.push(['warning', `No ${time}: the shifted photons are emitted without delay.`]);
    }
  }
  return remarks;
}

function reemissionOf(material: Material): Lack[] {
  const has = names(material);
  const probability = material.properties.tables.get('REEMISSIONPROB');
  if (!probability?.values.some((value) => value > 0)) return [];
  const spectra = ['REEMISSIONCOMPONENT', 'SCINTILLATIONCOMPONENT1', 'FASTCOMPONENT'];
  const remarks: Lack[] = [];
  if (!spectra.some(has)) {
    remarks.push([
      'warning',
      'REEMISSIONPROB without a spectrum (REEMISSIONCOMPONENT or a scintillation component): there is nothing to emit, so absorbed photons stay absorbed.',
    ]);
  }
  if (!has('ABSLENGTH')) {
    remarks.push(['warning', 'REEMISSIONPROB without ABSLENGTH: nothing is absorbed.']);
  }
  return remarks;
}

function scintillationOf(material: Material): Lack[] {
  const has = names(material);
  const { constants } = material.properties;
  const remarks: Lack[] = [];
  const components = ['1', '2', '3'].filter((i) => has(`SCINTILLATIONCOMPONENT${i}`));
  const hasOld = has('FASTCOMPONENT') || has('SLOWCOMPONENT');
  const hasYield = (constants.get('SCINTILLATIONYIELD') ?? 0) > 0;
  if (hasYield && components.length === 0 && !hasOld) {
    remarks.push(['error', 'SCINTILLATIONYIELD without a spectrum (SCINTILLATIONCOMPONENT1).']);
  }
  if ((components.length > 0 || hasOld) && !has('SCINTILLATIONYIELD')) {
    remarks.push([
      'info',
      'A scintillation spectrum without SCINTILLATIONYIELD: a particle makes no light in it.',
    ]);
  }
  for (const i of components) {
    if (!has(`SCINTILLATIONTIMECONSTANT${i}`)) {
      remarks.push([
        'warning',
        `SCINTILLATIONCOMPONENT${i} without SCINTILLATIONTIMECONSTANT${i}: its light comes without delay.`,
      ]);
    }
    const share = constants.get(`SCINTILLATIONYIELD${i}`);
    if (components.length > 1 && share === undefined && !has('YIELDRATIO')) {
      remarks.push([
        'warning',
        `SCINTILLATIONCOMPONENT${i} without SCINTILLATIONYIELD${i}, its share of the light: taken as ${i === '1' ? 1 : 0}.`,
      ]);
    }
  }
  for (const i of ['1', '2', '3']) {
    if ((constants.get(`SCINTILLATIONYIELD${i}`) ?? 0) > 0 && !components.includes(i) && !hasOld) {
      remarks.push(['warning', `SCINTILLATIONYIELD${i} without SCINTILLATIONCOMPONENT${i}.`]);
    }
  }
  return remarks;
}

function propagationOf(material: Material): Lack[] {
  const has = names(material);
  if (has('RINDEX')) return [];
  const idle = [...material.properties.tables.keys()];
  if (idle.length === 0) return [];
  return [['warning', `No RINDEX: photons stop here, and ${idle.join(', ')} has no effect.`]];
}
