import type { OpticalSurface } from '../model/surface.ts';

/** Whether a surface can detect photons: some EFFICIENCY above 0. */
export function isSensor(surface: OpticalSurface | undefined): boolean {
  const efficiency = surface?.properties.tables.get('EFFICIENCY');
  return efficiency?.values.some((value) => value > 0) ?? false;
}
