import type { OpticalSurface } from '../model/surface.ts';

/** Whether a surface can detect photons: some EFFICIENCY, or THINFILM_QE of a thin film, above 0. */
export function isSensor(surface: Pick<OpticalSurface, 'properties'> | undefined): boolean {
  const tables = surface?.properties.tables;
  const efficiency = tables?.get('THINFILM_QE') ?? tables?.get('EFFICIENCY');
  return efficiency?.values.some((value) => value > 0) ?? false;
}
