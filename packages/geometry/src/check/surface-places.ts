import { nearest } from '@lantern/units';
import type { Detector } from '../model/detector.ts';
import { isSensor } from '../scene/sensor-surfaces.ts';
import { type Finding, listed, placeOf } from './finding.ts';
import { type PlacedIn, placementsById } from './placed-volumes.ts';

/** Whether what skin and border surfaces refer to is there, once, and can touch. */
export function checkSurfacePlaces(detector: Detector): Finding[] {
  return [...checkSkins(detector), ...checkBorders(detector)];
}

function nowhere(severity: Finding['severity'], where: string, message: string): Finding {
  return { kind: 'surfaceNowhere', severity, where, message };
}

function missing(what: string, name: string, names: Iterable<string>): string {
  const near = nearest(name, names);
  return `There is no ${what} '${name}'${near ? `: did you mean '${near}'?` : '.'}`;
}

function checkSkins(detector: Detector): Finding[] {
  const findings: Finding[] = [];
  const first = new Map<string, string>();
  for (const { name, surface, volume } of detector.skinSurfaces) {
    const where = `skin surface '${name}'`;
    if (!detector.surfaces.has(surface)) {
      const message = missing('optical surface', surface, detector.surfaces.keys());
      findings.push(nowhere('error', where, message));
    }
    if (!detector.volumes.has(volume)) {
      findings.push(nowhere('error', where, missing('volume', volume, detector.volumes.keys())));
    }
    const before = first.get(volume);
    if (before !== undefined) {
      const message = `Volume '${volume}' has a second skin; the first is '${before}'.`;
      findings.push(nowhere('warning', where, message));
    } else first.set(volume, name);
  }
  return findings;
}

function checkBorders(detector: Detector): Finding[] {
  if (detector.borderSurfaces.length === 0) return [];
  const findings: Finding[] = [];
  const placed = placementsById(detector);
  const first = new Map<string, string>();
  for (const { name, surface, from, to } of detector.borderSurfaces) {
    const where = `border surface '${name}'`;
    if (!detector.surfaces.has(surface)) {
      const message = missing('optical surface', surface, detector.surfaces.keys());
      findings.push(nowhere('error', where, message));
    }
    const ends = [from, to].map((id) => placed.get(id));
    for (const [i, id] of [from, to].entries()) {
      if (!ends[i]) {
        findings.push(nowhere('error', where, missing('placed volume', id, placed.keys())));
      }
    }
    const [left, entered] = ends;
    if (left && entered && !areNeighbours(left, entered)) {
      const message = `'${from}' and '${to}' are neither mother and daughter nor in one mother: they never touch.`;
      findings.push(nowhere('warning', where, message));
    }
    const pair = JSON.stringify([from, to]);
    const before = first.get(pair);
    if (before !== undefined) {
      const message = `From '${from}' to '${to}' there is a second border; the first is '${before}'.`;
      findings.push(nowhere('warning', where, message));
    } else first.set(pair, name);
  }
  return findings;
}

function areNeighbours(a: PlacedIn, b: PlacedIn): boolean {
  return a.mother === b.volume || b.mother === a.volume || a.mother === b.mother;
}

/** Volumes marked sensitive that no surface with EFFICIENCY belongs to. */
export function checkSensors(detector: Detector): Finding[] {
  const detecting = new Set(
    [...detector.surfaces.values()].filter(isSensor).map(({ name }) => name),
  );
  const placed = placementsById(detector);
  const covered = new Set<string | undefined>();
  for (const { surface, volume } of detector.skinSurfaces) {
    if (detecting.has(surface)) covered.add(volume);
  }
  for (const { surface, from, to } of detector.borderSurfaces) {
    if (!detecting.has(surface)) continue;
    covered.add(placed.get(from)?.volume).add(placed.get(to)?.volume);
  }
  return [...detector.volumes.values()]
    .filter(
      ({ auxiliaries, name }) =>
        auxiliaries.some((a) => a.type === 'SensDet') && !covered.has(name),
    )
    .map(({ name }): Finding => {
      const inside = detectingWithin(detector, name, covered);
      const message =
        inside.length > 0
          ? `Marked as sensitive; photons are detected at the surfaces of ${listed(inside)} in it, not at its own.`
          : 'Marked as sensitive (SensDet), and no surface with EFFICIENCY above 0 belongs to it: no photon is detected. Give it a skin or border surface with EFFICIENCY.';
      const severity = inside.length > 0 ? 'info' : 'warning';
      return { kind: 'neverDetects', severity, where: placeOf(detector, 'volume', name), message };
    });
}

function detectingWithin(
  detector: Detector,
  name: string,
  covered: ReadonlySet<string | undefined>,
): string[] {
  const daughters = new Set(detector.volumes.get(name)?.placements.map((p) => p.volume));
  return [...daughters].filter((daughter) => covered.has(daughter));
}
