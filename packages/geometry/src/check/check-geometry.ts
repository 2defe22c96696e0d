import type { Detector } from '../model/detector.ts';
import type { SurfaceData } from '../surface-data/surface-data.ts';
import { checkBorderContact } from './border-contact.ts';
import { checkCompleteness } from './completeness.ts';
import { checkCoverage } from './coverage.ts';
import { checkEmptySolids } from './empty-solids.ts';
import { checkFilms } from './films.ts';
import type { Finding, Severity } from './finding.ts';
import { checkNotSimulated, checkPacking } from './not-simulated.ts';
import { checkOverlaps } from './overlaps.ts';
import { checkPhotonsStop } from './photons-stop.ts';
import { SolidSampler } from './solid-sampler.ts';
import { checkSensors, checkSurfacePlaces } from './surface-places.ts';
import { checkSurfaces } from './surfaces.ts';
import { checkTables } from './tables.ts';
import { checkUnknownNames } from './unknown-names.ts';
import { checkUnused } from './unused.ts';

/** How thoroughly to look. */
export interface CheckOptions {
  /** Points on the surface of each solid, for overlaps; default 400. A clash much smaller than 1/samples of a surface may be missed. */
  readonly samples?: number;
  /** Of the random points; default 1. */
  readonly seed?: number;
  /** Tables of surfaces that the GDML file does not hold: without them a simulation stops at such surfaces. */
  readonly surfaceData?: SurfaceData | undefined;
}

const order: readonly Severity[] = ['error', 'warning', 'info'];

/**
 * What is wrong or doubtful in a detector: overlaps, properties out of range, places where photons stop without cause.
 * Errors first. The same seed finds the same.
 */
export function checkGeometry(detector: Detector, options: CheckOptions = {}): Finding[] {
  const { samples = 400, seed = 1, surfaceData } = options;
  const sampler = new SolidSampler(detector.solids, samples, seed);
  const empty = checkEmptySolids(detector, sampler);
  const findings = [
    ...detector.warnings.map(fromReader),
    ...empty,
    // A solid that cannot be made has been told; what stands in it cannot be tested.
    ...(empty.length === 0 ? checkOverlaps(detector, sampler) : []),
    ...(empty.length === 0 ? checkBorderContact(detector, sampler) : []),
    ...checkPhotonsStop(detector),
    ...checkTables(detector),
    ...checkUnknownNames(detector),
    ...checkCoverage(detector),
    ...checkCompleteness(detector),
    ...checkSurfaces(detector),
    ...checkFilms(detector),
    ...checkSurfacePlaces(detector),
    ...checkSensors(detector),
    ...checkNotSimulated(detector),
    ...checkUnused(detector),
  ];
  if (!findings.some(({ severity }) => severity === 'error'))
    findings.push(...checkPacking(detector, surfaceData));
  return order.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

/** The reader says `/path/detector.gdml:12: <property name="RINDEX">: what is wrong`. */
const readerMessage = /^(?:.*[\\/])?([^\\/]+:\d+): (?:(<[^>]*>): )?(.*)$/s;

function fromReader(text: string): Finding {
  const [, place, element, message] = readerMessage.exec(text) ?? [];
  const where = [place ?? 'the file', element].filter(Boolean).join(' ');
  return { kind: 'reader', severity: 'warning', where, message: message ?? text };
}
