import type { OpticalSurface } from '../model/surface.ts';

/**
 * Whether a surface can detect photons: some EFFICIENCY, or THINFILM_QE of a thin film, above 0; not a dichroic filter,
 * which absorbs nothing.
 */
export function isSensor(
  surface: Pick<OpticalSurface, 'type' | 'properties'> | undefined,
): boolean {
  if (surface?.type === 'dielectric_dichroic') return false;
  const tables = surface?.properties.tables;
  const efficiency = tables?.get('THINFILM_QE') ?? tables?.get('EFFICIENCY');
  return efficiency?.values.some((value) => value > 0) ?? false;
}
