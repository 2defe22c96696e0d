/** A histogram of ROOT, of one to three dimensions. */
export interface RootHistogram {
  readonly title: string;
  /** By axis, one more than bins. */
  readonly edges: readonly Float64Array[];
  /** With under- and overflow; the first axis varies fastest. */
  readonly contents: Float64Array;
  /** Sums of squared weights; empty where they were not kept. */
  readonly squares: Float64Array;
  readonly entries: number;
}

type Members = Readonly<Record<string, unknown>>;

/** What an object of ROOT holds, without what is for drawing and bookkeeping. */
export function rootObject(object: Members, depth: number): unknown {
  const className = String(object._typename ?? '');
  if (/^TH[123][CSILFD]$/.test(className)) return histogram(object, Number(className[2]));
  if (className === 'TObjString') return String(object.fString ?? '');
  return plain(object, depth, new Set());
}

function histogram(object: Members, dimensions: number): RootHistogram {
  const axes = ['fXaxis', 'fYaxis', 'fZaxis'].slice(0, dimensions);
  return {
    title: String(object.fTitle ?? ''),
    edges: axes.map((axis) => edgesOf(object[axis] as Members)),
    contents: Float64Array.from(object.fArray as ArrayLike<number>),
    squares: Float64Array.from((object.fSumw2 ?? []) as ArrayLike<number>),
    entries: Number(object.fEntries ?? 0),
  };
}

function edgesOf(axis: Members): Float64Array {
  const edges = axis.fXbins as ArrayLike<number>;
  if (edges.length > 0) return Float64Array.from(edges);
  const [bins, low, high] = [Number(axis.fNbins), Number(axis.fXmin), Number(axis.fXmax)];
  if (!(bins > 0 && bins < 1e8)) throw new RangeError(`an axis of ${bins} bins`);
  return Float64Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins);
}

const bookkeeping = new Set(['_typename', 'fUniqueID', 'fBits']);

function plain(value: unknown, depth: number, above: ReadonlySet<unknown>): unknown {
  if (typeof value === 'function' || value === undefined) return null;
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) return Float64Array.from(value as unknown as ArrayLike<number>);
  if (depth <= 0 || above.has(value)) return null;
  const within = new Set([...above, value]);
  if (Array.isArray(value)) return value.map((item) => plain(item, depth - 1, within));
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([name, member]) =>
          typeof member !== 'function' && !bookkeeping.has(name) && !name.startsWith('$'),
      )
      .map(([name, member]) => [name, plain(member, depth - 1, within)]),
  );
}
