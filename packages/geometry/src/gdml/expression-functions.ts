/** The functions of one argument that expressions know: those of HepTool::Evaluator::setStdMath and a few more. */
export const unaryFunctions: ReadonlyMap<string, (x: number) => number> = new Map(
  Object.entries({
    abs: Math.abs,
    sqrt: Math.sqrt,
    sin: Math.sin,
    cos: Math.cos,
    tan: Math.tan,
    asin: Math.asin,
    acos: Math.acos,
    atan: Math.atan,
    sinh: Math.sinh,
    cosh: Math.cosh,
    tanh: Math.tanh,
    exp: Math.exp,
    log: Math.log,
    log10: Math.log10,
    floor: Math.floor,
    ceil: Math.ceil,
    int: Math.trunc,
  }),
);

/** The functions of two arguments. */
export const binaryFunctions: ReadonlyMap<string, (x: number, y: number) => number> = new Map(
  Object.entries({
    atan2: Math.atan2,
    pow: (x: number, y: number) => x ** y,
    min: (x: number, y: number) => Math.min(x, y),
    max: (x: number, y: number) => Math.max(x, y),
  }),
);

/** The operators of two operands; comparisons give 1 or 0. */
export const operators: ReadonlyMap<
  string,
  { readonly rank: number; apply(x: number, y: number): number }
> = new Map(
  Object.entries({
    '||': { rank: 1, apply: (x: number, y: number) => Number(x !== 0 || y !== 0) },
    '&&': { rank: 2, apply: (x: number, y: number) => Number(x !== 0 && y !== 0) },
    '==': { rank: 3, apply: (x: number, y: number) => Number(x === y) },
    '!=': { rank: 3, apply: (x: number, y: number) => Number(x !== y) },
    '<': { rank: 4, apply: (x: number, y: number) => Number(x < y) },
    '<=': { rank: 4, apply: (x: number, y: number) => Number(x <= y) },
    '>': { rank: 4, apply: (x: number, y: number) => Number(x > y) },
    '>=': { rank: 4, apply: (x: number, y: number) => Number(x >= y) },
    '+': { rank: 5, apply: (x: number, y: number) => x + y },
    '-': { rank: 5, apply: (x: number, y: number) => x - y },
    '*': { rank: 6, apply: (x: number, y: number) => x * y },
    '/': { rank: 6, apply: (x: number, y: number) => x / y },
    '^': { rank: 8, apply: (x: number, y: number) => x ** y },
    '**': { rank: 8, apply: (x: number, y: number) => x ** y },
  }),
);

/** The rank of + and - before an operand: -2^2 is -(2^2), -2*3 is (-2)*3. */
export const signRank = 7;

/** The constants of HepTool::Evaluator::setStdMath. */
export const mathConstants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
  ['gamma', 0.577_215_664_901_532_9],
]);
