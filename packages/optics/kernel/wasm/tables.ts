// Properties of materials and surfaces at the photon's energy: one row for
// each energy that any table has, linear between rows as in Geant4.
// [LOOK1] [LOOK2]

import {
  FILM_COLUMN_EXTINCTION,
  FILM_COLUMN_INDEX,
  FILM_ROW,
  filmTableBase,
  gridCellAt,
  gridCells,
  gridEnergyAt,
  gridEnergyMin,
  gridInverseStep,
  gridRows,
  layerTable,
  MATERIAL_COLUMN_ABSORPTION_LENGTH,
  MATERIAL_COLUMN_GROUP_VELOCITY,
  MATERIAL_COLUMN_RAYLEIGH_LENGTH,
  MATERIAL_COLUMN_REEMISSION,
  MATERIAL_COLUMN_REFRACTIVE_INDEX,
  MATERIAL_FLAG_HAS_INDEX,
  MATERIAL_FLAG_MORE_PROCESSES,
  MATERIAL_ROW,
  materialFlags,
  materialTable,
  materialTableBase,
  SURFACE_ROW,
  surfaceTable,
  surfaceTableBase,
} from './generated/scene';
import { PLANCK_TIMES_C } from './spectrum';

// Of the photon's energy: the row below it, and how far it is to the next.
let row: i32 = 0;
let fraction: f32 = 0;

// Of the last materialAt(). Lengths in mm, velocity in mm/ns.
export let refractiveIndex: f64 = 1;
export let groupVelocity: f64 = 0;
export let absorptionLength: f64 = 0;
export let rayleighLength: f64 = 0;

// Of the rarer processes, per mm; 0 together where the material has none.
export let moreRate: f64 = 0;
export let shiftRate1: f64 = 0;
export let shiftRate2: f64 = 0;
export let mieRate: f64 = 0;

// Of the last surfaceAt(): probabilities, and the index of a painted gap.
export let reflectivity: f64 = 1;
export let efficiency: f64 = 0;
export let transmittance: f64 = 0;
export let specularLobe: f64 = 0;
export let specularSpike: f64 = 0;
export let backscatter: f64 = 0;
export let gapIndex: f64 = 1;

// Of the last layerAt(): the refractive index is layerIndex + i times this.
export let layerIndex: f64 = 1;
export let layerExtinction: f64 = 0;

// Finds the photon's place among the rows, at the end of them outside; to be
// called whenever the wavelength (nm) has changed. Even cells of energy narrow
// the search. [LOOK1]
export function energyRow(wavelength: f64): void {
  const energy = PLANCK_TIMES_C / wavelength;
  const cells = gridCells(0);
  const at = (energy - gridEnergyMin(0)) * gridInverseStep(0);
  const cell = min(<i32>max(0.0, min(<f64>cells, at)), cells - 1);
  let low = gridCellAt(cell);
  let high = gridCellAt(cell + 1) + 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (gridEnergyAt(middle) <= energy) low = middle;
    else high = middle;
  }
  row = min(low, gridRows(0) - 2);
  const start = gridEnergyAt(row);
  const part = (energy - start) / (gridEnergyAt(row + 1) - start);
  fraction = <f32>max(0.0, min(1.0, part));
}

// A column between its rows, from the address of the lower row. Exact at both
// ends, also between lengths that differ by many powers of ten.
@inline function between(rows: usize, column: i32, stride: i32): f64 {
  const at = rows + (<usize>column << 2);
  const low = load<f32>(at);
  const high = load<f32>(at + (<usize>stride << 2));
  return <f64>(((<f32>1.0) - fraction) * low + fraction * high);
}

@inline function materialRow(material: i32): usize {
  const first = materialTable(material) + row * MATERIAL_ROW;
  return materialTableBase + (<usize>first << 2);
}

// The first four columns at once; the order of materialColumns in layout.ts.
export function materialAt(material: i32): void {
  const rows = materialRow(material);
  const low = v128.load(rows);
  const high = v128.load(rows + (<usize>MATERIAL_ROW << 2));
  const values = f32x4.add(
    f32x4.mul(f32x4.splat((<f32>1.0) - fraction), low),
    f32x4.mul(f32x4.splat(fraction), high),
  );
  refractiveIndex = <f64>f32x4.extract_lane(values, 0);
  groupVelocity = <f64>f32x4.extract_lane(values, 1);
  absorptionLength = <f64>f32x4.extract_lane(values, 2);
  rayleighLength = <f64>f32x4.extract_lane(values, 3);
  const more = materialFlags(material) & MATERIAL_FLAG_MORE_PROCESSES;
  if (more != 0) moreAt(rows);
  else moreRate = 0.0;
}

// The next columns: lengths of the two wavelength shifts and of Mie
// scattering.
function moreAt(rows: usize): void {
  const low = v128.load(rows, 16);
  const high = v128.load(rows + (<usize>MATERIAL_ROW << 2), 16);
  const values = f32x4.add(
    f32x4.mul(f32x4.splat((<f32>1.0) - fraction), low),
    f32x4.mul(f32x4.splat(fraction), high),
  );
  shiftRate1 = 1.0 / <f64>f32x4.extract_lane(values, 0);
  shiftRate2 = 1.0 / <f64>f32x4.extract_lane(values, 1);
  mieRate = 1.0 / <f64>f32x4.extract_lane(values, 2);
  moreRate = shiftRate1 + shiftRate2 + mieRate;
}

// The probability that what is absorbed is emitted again.
export function reemissionAt(material: i32): f64 {
  const rows = materialRow(material);
  return between(rows, MATERIAL_COLUMN_REEMISSION, MATERIAL_ROW);
}

// The refractive index alone.
@inline export function indexAt(material: i32): f64 {
  const rows = materialRow(material);
  return between(rows, MATERIAL_COLUMN_REFRACTIVE_INDEX, MATERIAL_ROW);
}

// Whether light can be in the material: it has RINDEX.
@inline export function hasIndex(material: i32): bool {
  return (materialFlags(material) & MATERIAL_FLAG_HAS_INDEX) != 0;
}

// All columns at once, in the order of surfaceColumns in layout.ts.
export function surfaceAt(surface: i32): void {
  const first = surfaceTable(surface) + row * SURFACE_ROW;
  const rows = surfaceTableBase + (<usize>first << 2);
  const above = rows + (<usize>SURFACE_ROW << 2);
  const toward = f32x4.splat(fraction);
  const back = f32x4.splat((<f32>1.0) - fraction);
  const chances = f32x4.add(
    f32x4.mul(back, v128.load(rows)),
    f32x4.mul(toward, v128.load(above)),
  );
  const others = f32x4.add(
    f32x4.mul(back, v128.load(rows, 16)),
    f32x4.mul(toward, v128.load(above, 16)),
  );
  reflectivity = <f64>f32x4.extract_lane(chances, 0);
  efficiency = <f64>f32x4.extract_lane(chances, 1);
  transmittance = <f64>f32x4.extract_lane(chances, 2);
  specularLobe = <f64>f32x4.extract_lane(chances, 3);
  specularSpike = <f64>f32x4.extract_lane(others, 0);
  backscatter = <f64>f32x4.extract_lane(others, 1);
  gapIndex = <f64>f32x4.extract_lane(others, 2);
}

// A surface whose reflectivity no table says.
export function setReflectivity(value: f64): void {
  reflectivity = value;
}

export function layerAt(layer: i32): void {
  const first = layerTable(layer) + row * FILM_ROW;
  const rows = filmTableBase + (<usize>first << 2);
  layerIndex = between(rows, FILM_COLUMN_INDEX, FILM_ROW);
  layerExtinction = between(rows, FILM_COLUMN_EXTINCTION, FILM_ROW);
}
