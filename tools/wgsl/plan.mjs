/** What the WGSL twin of the kernel does differently from the AssemblyScript text, and why. */

/** Modules whose numbers are `wide` (two 32-bit floats, ~48 bits): where a photon is to better than 1 um at 20 m. */
export const wideModules = new Set([
  'box-numbers',
  'box-test',
  'cusp',
  'entry',
  'few-leaves',
  'frame',
  'hierarchy',
  'intervals',
  'leaf',
  'locate',
  'navigate',
  'solid',
  'well-inside',
]);

/** Modules twinned by hand: a GPU is organised differently there. */
export const byHand = new Set([
  'children',
  'few-leaves',
  'frame',
  'generate',
  'hierarchy',
  'philox',
  'photon',
  'propagate',
  'record',
  'solid',
  'tally',
]);

/** Modules without a twin: the host's entry points, and the straight walk of charged particles, done on the CPU. */
export const hostOnly = new Set(['index', 'testing', 'walk']);

/** Variables of the hand-written modules that are wide. */
export const wideByHand = new Set(['px', 'py', 'pz', 'dx', 'dy', 'dz']);

/** Functions of other modules whose numbers are wide: of the photon's place, and where energies lie close together. */
export const wideFunctions = new Set(['setPosition', 'setDirection', 'energyRow']);

/** Functions of wide modules that need no more than 32 bits: they give 32. */
export const realFunctions = new Set([
  'box-numbers.roundUp',
  'frame.fieldToLocal',
  'frame.fieldToParent',
  'span.turnOut',
]);

/** Variables and constants of wide modules that need no more than 32 bits: of which a sign is asked. */
export const realVariables = new Set([
  ...['leanX', 'leanY', 'leanZ', 'LEAN_X', 'LEAN_Y', 'LEAN_Z'].map((name) => `span.${name}`),
  ...['gx', 'gy', 'gz'].map((name) => `frame.${name}`),
]);

/** Of modules with 32-bit numbers: what they call instead, because a direction must be a unit vector to 48 bits. */
export const instead = new Map([['setDirection', 'turnTo']]);

/** Constants that mean rounding: 2^-53 there is 2^-47 here. */
export const constants = new Map([
  ['span.PARALLEL', 1e-12],
  ['triangle.ROUNDING', 4e-14],
  ['quartic.CLOSE', 1e-13],
  ['ruled.ALONG', 1e-13],
  ['navigate.MAX_DEPTH', 64],
  ['mesh.MOST', 64],
]);

/** In which memory the addresses of a variable are, where its value does not tell: the scene's, if nothing is said. */
export const spaces = new Map([
  ['cerenkov.step', 'source'],
  ['scintillation.step', 'source'],
  ['light.step', 'source'],
  ['torch.step', 'source'],
  ['intervals.first', 'entries'],
  ['intervals.result', 'entries'],
  ['intervals.last', 'entries'],
]);

/**
 * Words of the private memory of a thread, where the AssemblyScript kernel has room for any scene: for plain scenes. The
 * host sets what a scene needs (src/gpu/scene-limits.ts).
 */
export const words = new Map([
  ['entries', 192],
  ['starts', 16],
  ['truths', 8],
  ['crossings', 256],
]);

/**
 * Functions of modules twinned by hand that have no twin there, and why.
 *
 * @type {Map<string, [string, string][]>}
 */
export const withoutTwin = new Map([
  [
    'children',
    [
      ['childCount', 'the host reads the counter of slots'],
      ['configureChildren', 'the settings say where children go'],
      ['familyBegin', 'a family is a list of its own'],
    ],
  ],
  ['propagate', [['configurePropagation', 'the settings say it']]],
  ['tally', [['setTally', 'the counters have a binding of their own']]],
  [
    'hierarchy',
    [
      ['daughterAt', 'locate() asks for one daughter after the other'],
      ['stackOthers', 'stackInner() has them all on the stack'],
      ['tryLeaves', 'walkHierarchy() gives one leaf after the other'],
    ],
  ],
  [
    'solid',
    [
      'compoundEnter',
      'compoundExit',
      'enterMesh',
      'evaluate',
      'exitOfMesh',
      'meetLeaf',
      'solidEnter',
      'solidExit',
    ].map((name) => [name, 'all in solidCrossing(), which meets a leaf in one place']),
  ],
]);
