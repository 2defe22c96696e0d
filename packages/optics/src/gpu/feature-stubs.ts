/**
 * What a scene or a source may have or not, and what stands in the kernel's text for nothing where it has not: functions,
 * and clauses of their `switch`, that are then stubs (assemble-kernel.ts). A stub that is called is a fault.
 */
export const featureStubs = {
  // Leaves of a type at all; as the whole of a solid, in its own frame.
  box: ['boxSpan', 'boxInside', 'boxNormal'],
  sphere: ['sphereSpan', 'sphereInside', 'sphereNormal'],
  cylinder: ['cylinderSpan', 'cylinderInside', 'cylinderNormal'],
  frustum: ['frustumSpan', 'frustumInside', 'frustumNormal'],
  ellipsoid: ['ellipsoidSpan', 'ellipsoidInside', 'ellipsoidNormal'],
  planes: ['planesSpan', 'planesInside', 'planesNormal'],
  halfCone: ['halfConeSpan', 'halfConeInside', 'halfConeNormal'],
  torus: ['torusSpans', 'torusInside', 'torusNormal'],
  hyperboloid: ['hyperboloidSpans', 'hyperboloidInside', 'hyperboloidNormal'],
  ellipticCone: ['ellipticConeSpan', 'ellipticConeInside', 'ellipticConeNormal'],
  paraboloid: ['paraboloidSpan', 'paraboloidInside', 'paraboloidNormal'],
  ruled: ['ruledSpans', 'ruledInside', 'ruledNormal'],
  mesh: ['meshCrossing', 'pushMesh', 'meshInside', 'meshNormal'],
  'whole box': ['boxExit'],
  'whole sphere': ['sphereExit'],
  'whole cylinder': ['cylinderExit'],
  'whole frustum': ['frustumExit'],
  'whole ellipsoid': ['ellipsoidExit'],
  'whole planes': ['planesExit'],
  // Solids that are more than one leaf, or a mesh.
  compound: ['combineLists', 'combineLeaf', 'programExit', 'programEnter'],
  unionOfFew: ['unionExit'],
  oneLessOne: ['differenceExit', 'differenceEnter'],
  inBoth: ['commonExit', 'commonEnter'],
  boxes: ['aimAtBoxes', 'missesBox', 'isBeyondBox'],
  union: ['uniteLists'],
  intersection: ['intersectLists'],
  'any subtraction': ['subtractLists'],
  uniteLeaf: ['uniteInterval'],
  intersectLeaf: ['intersectInterval'],
  subtractLeaf: ['subtractInterval'],
  // Volumes.
  hierarchy: ['meetBoxes'],
  surfaces: ['surfaceOfBoth', 'meetSurface'],
  // Materials.
  'more processes': ['moreAt', 'interactFurther'],
  shift: ['shift'],
  children: ['drawPoisson', 'addChildren', 'emitChild'],
  mie: ['mie'],
  reemission: ['reemit'],
  // Surfaces.
  films: ['meetFilm'],
  'metal with an index': ['reflectAtIndex'],
  'index as reflectivity': ['takeReflectivity'],
  coated: ['crossCoated'],
  'thin film': ['crossFilm'],
  tables: ['meetTable'],
  lbnl: ['reflectByLbnl'],
  davis: ['meetDavis'],
  dichroic: ['meetDichroic'],
  metal: ['reflectAtMetal'],
  ground: ['crossGround'],
  facets: ['drawFacet'],
  // Sources.
  gensteps: ['generateOne'],
  cerenkov: ['emitCerenkov'],
  scintillation: ['emitScintillation'],
  torch: ['emitTorch'],
  light: ['emitLight'],
} as const;

/** Something that a scene or a source may have or not. */
export type Feature = keyof typeof featureStubs;
