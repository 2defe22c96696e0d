import { type Detector, type SurfaceData, surfaceDataNeeded } from '@lantern/geometry';
import { readDichroicFile, readRealSurface } from '@lantern/geometry/node';
import type { Arguments, Option, Terminal } from './command.ts';

/** Options of the commands that pack a scene: tables of surfaces that a GDML file names and does not hold. */
export const surfaceDataOptions: Readonly<Record<string, Option>> = {
  'real-surface': {
    value: 'DIR',
    doc: "Geant4's RealSurface data, for surfaces of type dielectric_LUT and dielectric_LUTDAVIS.",
    details: 'Default: G4REALSURFACEDATA. Read only where a surface needs it.',
  },
  dichroic: {
    value: 'FILE',
    doc: 'What dichroic filters let through, as Geant4 reads it; for those that do not say it.',
    details: 'Default: G4DICHROICDATA.',
  },
};

/**
 * Reads the tables that the surfaces of a detector need, from where the options or the environment say. What is
 * neither said nor needed is not touched.
 *
 * @throws FormatError that names the file
 */
export async function readSurfaceData(
  detector: Detector,
  args: Arguments,
  { realSurfaceFolder, dichroicFile }: Terminal,
): Promise<SurfaceData> {
  const { finishes, dichroic } = surfaceDataNeeded(detector);
  const folder = args.option('real-surface') ?? realSurfaceFolder;
  const file = args.option('dichroic') ?? dichroicFile;
  return {
    lookUps:
      folder !== undefined && finishes.length > 0
        ? await readRealSurface(folder, finishes)
        : undefined,
    dichroic: file !== undefined && dichroic ? await readDichroicFile(file) : undefined,
  };
}
