// Made by tools/emit-wgsl.mjs of kernel/wasm/tables.ts.

// Properties of materials and surfaces at the photon's energy: one row for
// each energy that any table has, linear between rows as in Geant4.
// [LOOK1] [LOOK2]

// Of the photon's energy: the row below it, and how far it is to the next.
var<private> row: i32 = 0;
var<private> fraction: f32 = 0.0;

// Of the last materialAt(). Lengths in mm, velocity in mm/ns.
var<private> refractiveIndex: f32 = 1.0;
var<private> groupVelocity: f32 = 0.0;
var<private> absorptionLength: f32 = 0.0;
var<private> rayleighLength: f32 = 0.0;

// Of the rarer processes, per mm; 0 together where the material has none.
var<private> moreRate: f32 = 0.0;
var<private> shiftRate1: f32 = 0.0;
var<private> shiftRate2: f32 = 0.0;
var<private> mieRate: f32 = 0.0;

// Of the last surfaceAt(): probabilities, and the index of a painted gap.
var<private> reflectivity: f32 = 1.0;
var<private> efficiency: f32 = 0.0;
var<private> transmittance: f32 = 0.0;
var<private> specularLobe: f32 = 0.0;
var<private> specularSpike: f32 = 0.0;
var<private> backscatter: f32 = 0.0;
var<private> gapIndex: f32 = 1.0;

// Of the last layerAt(): the refractive index is layerIndex + i times this.
var<private> layerIndex: f32 = 1.0;
var<private> layerExtinction: f32 = 0.0;

// Finds the photon's place among the rows, at the end of them outside; to be
// called whenever the wavelength (nm) has changed. Even cells of energy narrow
// the search. [LOOK1]
fn energyRow(wavelength: vec2f) {
  let energy = wDiv(wFromF32(PLANCK_TIMES_C), wavelength);
  let cells = gridCells(0);
  let at = wMul(wSub(energy, gridEnergyMin(0)), gridInverseStep(0));
  let cell = min(wToI32(wMax(vec2f(0.0, 0.0), wMin(wFromI32(cells), at))),
    cells - 1);
  var low = gridCellAt(cell);
  var high = gridCellAt(cell + 1) + 1;
  while (high - low > 1) {
    let middle = (low + high) >> 1u;
    if (wLessEq(gridEnergyAt(middle), energy)) {
      low = middle;
    } else {
      high = middle;
    }
  }
  row = min(low, gridRows(0) - 2);
  let start = gridEnergyAt(row);
  let part = wDiv(wSub(energy, start), wSub(gridEnergyAt(row + 1), start));
  fraction = wMax(vec2f(0.0, 0.0), wMin(vec2f(1.0, 0.0), part)).x;
}

// A column between its rows, from the address of the lower row. Exact at both
// ends, also between lengths that differ by many powers of ten.
fn tables_between(rows: u32, column: i32, stride: i32) -> f32 {
  let at = rows + (u32(column) << 2u);
  let low = loadF32(at);
  let high = loadF32(at + (u32(stride) << 2u));
  return (1.0 - fraction) * low + fraction * high;
}

fn materialRow(material: i32) -> u32 {
  let first = materialTable(material) + row * MATERIAL_ROW;
  return sections.materialTableBase + (u32(first) << 2u);
}

// The first four columns at once; the order of materialColumns in layout.ts.
fn materialAt(material: i32) {
  let rows = materialRow(material);
  let low = loadVec4(rows);
  let high = loadVec4(rows + (u32(MATERIAL_ROW) << 2u));
  let values = vec4f(1.0 - fraction) * low + vec4f(fraction) * high;
  refractiveIndex = values[0];
  groupVelocity = values[1];
  absorptionLength = values[2];
  rayleighLength = values[3];
  let more = materialFlags(material) & MATERIAL_FLAG_MORE_PROCESSES;
  if (more != 0) {
    moreAt(rows);
  } else {
    moreRate = 0.0;
  }
}

// The next columns: lengths of the two wavelength shifts and of Mie
// scattering.
fn moreAt(rows: u32) {
  let low = loadVec4(rows + 16u);
  let high = loadVec4(rows + (u32(MATERIAL_ROW) << 2u) + 16u);
  let values = vec4f(1.0 - fraction) * low + vec4f(fraction) * high;
  shiftRate1 = 1.0 / values[0];
  shiftRate2 = 1.0 / values[1];
  mieRate = 1.0 / values[2];
  moreRate = shiftRate1 + shiftRate2 + mieRate;
}

// The probability that what is absorbed is emitted again.
fn reemissionAt(material: i32) -> f32 {
  let rows = materialRow(material);
  return tables_between(rows, MATERIAL_COLUMN_REEMISSION, MATERIAL_ROW);
}

// The refractive index alone.
fn indexAt(material: i32) -> f32 {
  let rows = materialRow(material);
  return tables_between(rows, MATERIAL_COLUMN_REFRACTIVE_INDEX, MATERIAL_ROW);
}

// Whether light can be in the material: it has RINDEX.
fn hasIndex(material: i32) -> bool {
  return (materialFlags(material) & MATERIAL_FLAG_HAS_INDEX) != 0;
}

// All columns at once, in the order of surfaceColumns in layout.ts.
fn surfaceAt(surface: i32) {
  let first = surfaceTable(surface) + row * SURFACE_ROW;
  let rows = sections.surfaceTableBase + (u32(first) << 2u);
  let above = rows + (u32(SURFACE_ROW) << 2u);
  let toward = vec4f(fraction);
  let back = vec4f(1.0 - fraction);
  let chances = back * loadVec4(rows) + toward * loadVec4(above);
  let others = back * loadVec4(rows + 16u) + toward * loadVec4(above + 16u);
  reflectivity = chances[0];
  efficiency = chances[1];
  transmittance = chances[2];
  specularLobe = chances[3];
  specularSpike = others[0];
  backscatter = others[1];
  gapIndex = others[2];
}

// A surface whose reflectivity no table says.
fn setReflectivity(value: f32) {
  reflectivity = value;
}

fn layerAt(layer: i32) {
  let first = layerTable(layer) + row * FILM_ROW;
  let rows = sections.filmTableBase + (u32(first) << 2u);
  layerIndex = tables_between(rows, FILM_COLUMN_INDEX, FILM_ROW);
  layerExtinction = tables_between(rows, FILM_COLUMN_EXTINCTION, FILM_ROW);
}
