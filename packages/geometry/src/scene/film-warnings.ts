import type { Detector } from '../model/detector.ts';
import type { PropertyTable } from '../model/property-table.ts';
import { filmFarMaterial, filmNearMaterials } from './film-sides.ts';
import { warningOfQuantumEfficiency } from './quantum-efficiency.ts';
import type { SurfaceOptics } from './surface-optics.ts';

/** What is doubtful about a thin film between the materials that it stands between. [TAB13] [TAB14] */
export function warningsOfFilm(detector: Detector, { owner, ...optics }: SurfaceOptics): string[] {
  const { film, efficiency, isQuantumEfficiency } = optics;
  if (film?.kind !== 'thinFilm') return [];
  const far = filmFarMaterial(detector, owner);
  const nears = filmNearMaterials(detector, owner.name);
  if (nears.length > 0 && nears.every((near) => near === far)) {
    return [
      `the thin film stands between volumes of ${far} only, where light passes as if it were not there.`,
    ];
  }
  if (!efficiency || !isQuantumEfficiency) return [];
  const behind = indexOf(detector, far);
  return nears.flatMap((material) => {
    const near = indexOf(detector, material);
    const warning = near && behind && warningOfQuantumEfficiency(efficiency, film, near, behind);
    return warning ? [warning] : [];
  });
}

function indexOf(detector: Detector, material: string | undefined): PropertyTable | undefined {
  return detector.materials.get(material ?? '')?.properties.tables.get('RINDEX');
}
