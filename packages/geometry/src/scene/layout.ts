/**
 * The packed scene, described once: every engine's accessors (TypeScript, AssemblyScript, later WGSL) are made from
 * this table, so that no stride or offset is written by hand. Lengths in mm, times in ns, energies in MeV.
 */

/** How a field is stored; little-endian. */
export type FieldType = 'i32' | 'f32' | 'f64';

/** One record of a section: field names in order, with their types. f64 fields come first, so that they stay aligned. */
export interface RecordLayout {
  readonly doc: string;
  readonly fields: readonly (readonly [name: string, type: FieldType, doc: string])[];
}

/** A section that is one long array of numbers. */
export interface ArrayLayout {
  readonly doc: string;
  readonly element: FieldType;
}

const solid: RecordLayout = {
  doc: 'A solid: a small program over convex primitives (leaves).',
  fields: [
    ['tolerance', 'f64', 'lengths below this along a ray are rounding, mm'],
    [
      'stride',
      'f64',
      'of a program with boxes: a ray is likely to meet a boundary within this, mm',
    ],
    ['firstOp', 'i32', 'first operation in `op`'],
    ['opCount', 'i32', 'number of operations'],
    [
      'kind',
      'i32',
      'leaf type when the solid is one convex leaf in its own frame; else of solidKinds',
    ],
    ['leaf', 'i32', 'the first leaf of those kinds that have leaves'],
    ['box', 'i32', 'of a union of few: first number of the boxes of its leaves in `param`'],
    ['spare', 'i32', ''],
  ],
};

const op: RecordLayout = {
  doc: 'One operation of a solid program in postfix order.',
  fields: [
    ['code', 'i32', 'index into opCodes'],
    ['leaf', 'i32', 'which leaf; for what skips: how many operations'],
    ['box', 'i32', 'for `skipOperand`, `skipOperation`: first number of the box in `param`'],
  ],
};

const leaf: RecordLayout = {
  doc: 'A primitive, in a frame of its own.',
  fields: [
    [
      'stretch',
      'f64',
      'where the frame scales: the greatest length in it of a length of 1 in the solid; else 0',
    ],
    ['type', 'i32', 'index into leafTypes'],
    ['transform', 'i32', 'frame of the leaf in the solid, -1: the same'],
    ['params', 'i32', 'first number in `param`'],
    [
      'count',
      'i32',
      'number of planes, where the type has a list of them; of a mesh, its root in `meshNode`',
    ],
  ],
};

const transform: RecordLayout = {
  doc: 'A rigid transform: x_parent = R x_local + t; x_local = Rᵀ (x_parent - t). R row-major. That of a leaf that scales by M has R = M⁻ᵀ: x_local = Rᵀ (x_parent - t), and normals n_parent = R n_local but for their length.',
  fields: [
    ['r0', 'f64', ''],
    ['r1', 'f64', ''],
    ['r2', 'f64', ''],
    ['r3', 'f64', ''],
    ['r4', 'f64', ''],
    ['r5', 'f64', ''],
    ['r6', 'f64', ''],
    ['r7', 'f64', ''],
    ['r8', 'f64', ''],
    ['tx', 'f64', ''],
    ['ty', 'f64', ''],
    ['tz', 'f64', ''],
  ],
};

const volume: RecordLayout = {
  doc: 'A logical volume.',
  fields: [
    ['solid', 'i32', ''],
    ['material', 'i32', ''],
    ['skin', 'i32', 'surface over the volume, -1: none'],
    ['firstDaughter', 'i32', 'placement of the first daughter; the daughters are contiguous'],
    ['daughterCount', 'i32', ''],
    ['hierarchy', 'i32', 'root node of the hierarchy over the daughters, -1: test each'],
  ],
};

const placement: RecordLayout = {
  doc: 'A volume placed in its mother. Placement 0 is the world.',
  fields: [
    ['ballX', 'f64', 'middle of a ball that holds the daughter, in the frame of the mother, mm'],
    ['ballY', 'f64', ''],
    ['ballZ', 'f64', ''],
    ['ballSquare', 'f64', 'its radius squared, mm²'],
    ['volume', 'i32', ''],
    ['transform', 'i32', 'frame of the daughter in the mother, -1: the same'],
    ['firstBorder', 'i32', 'border surfaces of photons that leave this placement'],
    ['borderCount', 'i32', ''],
  ],
};

const border: RecordLayout = {
  doc: 'A border surface, sorted by the placement left.',
  fields: [
    ['to', 'i32', 'placement entered'],
    ['surface', 'i32', ''],
  ],
};

const node: RecordLayout = {
  doc: 'A placed volume of the expanded tree: one for each physical thing. Node 0 is the world.',
  fields: [
    ['placement', 'i32', ''],
    ['parent', 'i32', '-1 for the world'],
    ['firstChild', 'i32', 'children are contiguous, in the order of the daughters'],
    ['identity', 'i32', 'sensor number + 1, 0: not a sensor'],
    ['volume', 'i32', 'of its placement'],
    ['transform', 'i32', 'of its placement'],
    ['material', 'i32', 'of its volume'],
    ['flags', 'i32', 'bits of nodeFlags'],
  ],
};

const lanes = ['0', '1', '2', '3'] as const;
const bounds = ['minX', 'minY', 'minZ', 'maxX', 'maxY', 'maxZ'] as const;

const hierarchy: RecordLayout = {
  doc: 'A four-wide node of a bounding-volume hierarchy: boxes by lane, an empty lane has min > max.',
  fields: [
    ...bounds.flatMap((side) => lanes.map((lane) => [`${side}${lane}`, 'f32', ''] as const)),
    ...lanes.map(
      (lane) =>
        [`child${lane}`, 'i32', 'node index, or ~(index of the daughter) for a leaf'] as const,
    ),
  ],
};

const triangle: RecordLayout = {
  doc: 'A triangle of a mesh: its vertices by index in `meshVertex`, counterclockwise from outside.',
  fields: [
    ['a', 'i32', ''],
    ['b', 'i32', ''],
    ['c', 'i32', ''],
  ],
};

const meshNode: RecordLayout = {
  doc: 'A four-wide node of the hierarchy over the triangles of a mesh: boxes about its centre, as in `hierarchy`.',
  fields: [
    ...bounds.flatMap((side) => lanes.map((lane) => [`${side}${lane}`, 'f32', ''] as const)),
    ...lanes.map(
      (lane) =>
        [
          `child${lane}`,
          'i32',
          'node index, or ~(8 first triangle + number of triangles - 1)',
        ] as const,
    ),
  ],
};

const material: RecordLayout = {
  doc: 'The optics of a material.',
  fields: [
    ['shiftTime1', 'f64', 'WLSTIMECONSTANT, ns'],
    ['shiftTime2', 'f64', 'WLSTIMECONSTANT2, ns'],
    ['shiftMean1', 'f64', 'WLSMEANNUMBERPHOTONS; negative: always one photon'],
    ['shiftMean2', 'f64', 'WLSMEANNUMBERPHOTONS2, likewise'],
    ['mieForward', 'f64', 'mean cosine of forward Mie scattering, MIEHG_FORWARD'],
    ['mieBackward', 'f64', 'mean cosine, to the direction back, of backward Mie scattering'],
    ['mieForwardRatio', 'f64', 'share of forward Mie scattering'],
    ['flags', 'i32', 'bits of materialFlags'],
    ['table', 'i32', 'first number of its rows in `materialTable`'],
    ['shiftSpectrum1', 'i32', 'first knot of WLSCOMPONENT in `spectrum`, -1: none'],
    ['shiftKnots1', 'i32', 'number of knots'],
    ['shiftSpectrum2', 'i32', 'of WLSCOMPONENT2'],
    ['shiftKnots2', 'i32', ''],
    ['reemissionSpectrum', 'i32', 'of REEMISSIONCOMPONENT or what stands for it'],
    ['reemissionKnots', 'i32', ''],
    ['scintillationSpectrum1', 'i32', 'first knot of SCINTILLATIONCOMPONENT1, -1: none'],
    ['scintillationKnots1', 'i32', ''],
    ['scintillationSpectrum2', 'i32', ''],
    ['scintillationKnots2', 'i32', ''],
    ['scintillationSpectrum3', 'i32', ''],
    ['scintillationKnots3', 'i32', ''],
  ],
};

const surface: RecordLayout = {
  doc: 'An optical surface.',
  fields: [
    ['value', 'f64', 'polish (glisur) or sigma_alpha in rad (unified)'],
    ['roughness', 'f64', 'SURFACEROUGHNESS, mm; 0: none'],
    ['model', 'i32', 'G4OpticalSurfaceModel'],
    ['type', 'i32', 'G4SurfaceType'],
    ['finish', 'i32', 'G4OpticalSurfaceFinish'],
    ['flags', 'i32', 'bits of surfaceFlags'],
    ['table', 'i32', 'first number of its rows in `surfaceTable`'],
    ['film', 'i32', 'the film whose amplitudes decide, -1: none'],
    [
      'measured',
      'i32',
      'its look-up table: first number in `lbnlTable`, record of `davisDegree` or of `dichroicFilter`, by the type; -1: none',
    ],
    ['spare', 'i32', ''],
  ],
};

const film: RecordLayout = {
  doc: 'Layers on a surface: of a thin film, the one of a coating, or the metal itself, without thickness.',
  fields: [
    ['firstLayer', 'i32', 'first of its layers in `layer`, contiguous'],
    ['layerCount', 'i32', ''],
    ['cathode', 'i32', 'number of the layer, from 0, where absorbed light may be detected'],
    ['farMaterial', 'i32', 'material behind the last layer: light from there meets it first'],
    ['frustrated', 'i32', '1: light tunnels through a coating that reflects totally'],
    ['spare', 'i32', ''],
  ],
};

const layer: RecordLayout = {
  doc: 'A layer of a film.',
  fields: [
    ['thickness', 'f64', 'mm'],
    ['table', 'i32', 'first number of its rows in `filmTable`'],
    ['spare', 'i32', ''],
  ],
};

const davisDegree: RecordLayout = {
  doc: 'One degree of incidence of a look-up table of Davis; 90 for each table.',
  fields: [
    ['reflectivity', 'f32', ''],
    ['firstReflected', 'i32', 'first number of the pairs (azimuth, elevation) in `davisTable`'],
    ['reflectedPairs', 'i32', 'number of pairs'],
    ['firstTransmitted', 'i32', ''],
    ['transmittedPairs', 'i32', ''],
    ['spare', 'i32', ''],
  ],
};

const dichroicFilter: RecordLayout = {
  doc: 'A dichroic filter: in `dichroicTable` its wavelengths (nm), its angles (degrees), then angle by angle the part let through.',
  fields: [
    ['wavelengths', 'i32', 'number of wavelengths, at least 2'],
    ['angles', 'i32', 'number of angles, at least 2'],
    ['first', 'i32', 'first number in `dichroicTable`'],
    ['spare', 'i32', ''],
  ],
};

const spectrum: RecordLayout = {
  doc: 'A knot of an emission spectrum, by ascending energy: the cumulative trapezoidal integral, 0 to 1.',
  fields: [
    ['energy', 'f64', 'MeV'],
    ['cumulative', 'f64', ''],
  ],
};

const grid: RecordLayout = {
  doc: 'The energies of all tables: row i stands for gridEnergy[i]; even cells over their range find the row. One record.',
  fields: [
    ['energyMin', 'f64', 'lowest energy, MeV'],
    ['inverseStep', 'f64', 'cells per energy, 1/MeV'],
    ['rows', 'i32', 'number of rows of each table, at least 2'],
    ['cells', 'i32', 'number of cells; gridCell has one number more'],
  ],
};

/** Names of the sections of records. */
export type RecordSection =
  | 'grid'
  | 'solid'
  | 'op'
  | 'leaf'
  | 'transform'
  | 'volume'
  | 'placement'
  | 'border'
  | 'node'
  | 'hierarchy'
  | 'triangle'
  | 'meshNode'
  | 'material'
  | 'surface'
  | 'film'
  | 'layer'
  | 'davisDegree'
  | 'dichroicFilter'
  | 'spectrum';

/** Names of the sections of plain numbers. */
export type ArraySection =
  | 'param'
  | 'meshVertex'
  | 'materialTable'
  | 'surfaceTable'
  | 'filmTable'
  | 'lbnlTable'
  | 'davisTable'
  | 'dichroicTable'
  | 'gridEnergy'
  | 'gridCell';

/** The sections of records, in the order of the header. */
export const recordSections: Readonly<Record<RecordSection, RecordLayout>> = {
  grid,
  solid,
  op,
  leaf,
  transform,
  volume,
  placement,
  border,
  node,
  hierarchy,
  triangle,
  meshNode,
  material,
  surface,
  film,
  layer,
  davisDegree,
  dichroicFilter,
  spectrum,
};

/** The sections of plain numbers, after the records in the header. */
export const arraySections: Readonly<Record<ArraySection, ArrayLayout>> = {
  param: { doc: 'Numbers of the leaves.', element: 'f64' },
  meshVertex: { doc: 'x, y, z of the vertices of meshes, mm.', element: 'f64' },
  materialTable: { doc: 'Rows of materialColumns, material by material.', element: 'f32' },
  surfaceTable: { doc: 'Rows of surfaceColumns, surface by surface.', element: 'f32' },
  filmTable: { doc: 'Rows of filmColumns, layer by layer.', element: 'f32' },
  lbnlTable: {
    doc: 'For each finish of LBNL and each degree of incidence, 0 to 90: the cumulative chances of 44 x 36 directions.',
    element: 'f32',
  },
  davisTable: { doc: 'Pairs (azimuth, elevation) in rad.', element: 'f32' },
  dichroicTable: { doc: 'Numbers of dichroicFilter.', element: 'f32' },
  gridEnergy: { doc: 'Energies of the rows of all tables, ascending, MeV.', element: 'f64' },
  gridCell: {
    doc: 'The row in which each cell of the grid begins, and the last row.',
    element: 'i32',
  },
};

/** Columns of a row of a material, in order. Lengths in mm, velocity in mm/ns, the probability of re-emission. */
export const materialColumns = [
  'refractiveIndex',
  'groupVelocity',
  'absorptionLength',
  'rayleighLength',
  'shiftLength1',
  'shiftLength2',
  'mieLength',
  'reemission',
] as const;

/** Columns of a row of a surface, in order; probabilities 0..1, and the index of a painted surface's gap. */
export const surfaceColumns = [
  'reflectivity',
  'efficiency',
  'transmittance',
  'specularLobe',
  'specularSpike',
  'backscatter',
  'gapIndex',
  'spare0',
] as const;

/** Columns of a row of a layer: its refractive index is index + i extinction, absorbing where that is above 0. */
export const filmColumns = ['index', 'extinction'] as const;

/**
 * Kinds of solids that are more than one leaf in its own frame. All have a program; those of few convex leaves, which
 * follow each other, are met without it: the union of two or three, one less another, what is in both of two.
 */
export const solidKinds = {
  program: -1,
  programWithBoxes: -2,
  unionOfFew: -3,
  oneLessOne: -4,
  inBoth: -5,
} as const;

/**
 * Operations of solid programs: `push` pushes the stretches of the ray in a leaf; `union`, `intersection` and
 * `subtraction` combine the two lists on top; `uniteLeaf`, `intersectLeaf` and `subtractLeaf` combine the list on top
 * with the one stretch of a convex leaf. What skips leaves out the next `leaf` operations: `skipEmpty` when the list on
 * top is empty; where the ray misses the box (min x, y, z, max x, y, z in `param`), `skipOperand`, which then pushes an
 * empty list, and `skipOperation`.
 */
export const opCodes = [
  'push',
  'union',
  'intersection',
  'subtraction',
  'uniteLeaf',
  'intersectLeaf',
  'subtractLeaf',
  'skipEmpty',
  'skipOperand',
  'skipOperation',
] as const;

/**
 * Primitives. All are convex but `torus`, `hyperboloid`, `ruled` and `mesh`. Parameters, in order:
 * box: half lengths x, y, z; sphere: r; cylinder: semi-axes x, y, zLow, zHigh, then 1/x², 1/y² of the semi-axes;
 * frustum: r at zLow, r at zHigh, zLow, zHigh (r >= 0), then the slope dr/dz and the z of the apex (0 where that is far
 * away); ellipsoid: semi-axes x, y, z, zLow, zHigh, then 1/x², 1/y², 1/z² of the semi-axes; planes: `count` half-spaces
 * nx, ny, nz, c meaning n·x <= c, unit n; halfCone: the infinite cone about +z with its apex at the origin, tan of the
 * half angle (below 90 degrees); torus: rtor, r; hyperboloid: r², tan², zLow, zHigh (x² + y² <= r² + tan² z²);
 * ellipticCone: scales of x and y that make it round, its slope then, the z of its apex, zLow, zHigh; paraboloid: slope
 * and square (x² + y² <= slope z + square), zLow, zHigh; ruled: coefficients of 1, x, y, z, xz, yz, z² of an infinite
 * solid where their sum is at most 0; mesh: centre and half lengths of its box, and the solid's tolerance.
 */
export const leafTypes = [
  'box',
  'sphere',
  'cylinder',
  'frustum',
  'ellipsoid',
  'planes',
  'halfCone',
  'torus',
  'hyperboloid',
  'ellipticCone',
  'paraboloid',
  'ruled',
  'mesh',
] as const;

/**
 * Bits of a node's flags. `touchesNothing`: neither a sibling nor a face of the mother touches it; `daughtersInside`: no
 * daughter touches a face of its volume; `hasBorders`: border surfaces for photons that leave it; `hasSkin`; `apart`: it and all
 * that it is in touch nothing, so that a point in it is in no other volume but those.
 */
export const nodeFlags = {
  touchesNothing: 1,
  daughtersInside: 2,
  hasBorders: 4,
  hasSkin: 8,
  apart: 16,
} as const;

/**
 * Bits of a material's flags. `moreProcesses`: it shifts wavelengths or scatters by Mie, so that there are more lengths
 * than those of absorption and Rayleigh scattering; `exponentialShift`: how long shifts take.
 */
export const materialFlags = {
  hasIndex: 1,
  moreProcesses: 2,
  exponentialShift1: 4,
  exponentialShift2: 8,
  reemits: 16,
} as const;

/**
 * Bits of a surface's flags: which tables it has; `complexIndex` that its film is a metal, `thinFilm` a stack of layers;
 * `quantumEfficiency` that its efficiency is that of light at normal incidence, not of what the cathode absorbs.
 */
export const surfaceFlags = {
  hasProperties: 1,
  hasGapIndex: 2,
  hasTransmittance: 4,
  isSensor: 8,
  hasReflectivity: 16,
  complexIndex: 32,
  thinFilm: 64,
  quantumEfficiency: 128,
} as const;

/** Bytes of a field type. */
export function fieldSize(type: FieldType): number {
  return type === 'f64' ? 8 : 4;
}

/** Bytes of one record. */
export function recordSize(layout: RecordLayout): number {
  return layout.fields.reduce((size, [, type]) => size + fieldSize(type), 0);
}
