/** A content model as it is written: `(generic, dimension, tile*)`. */
export type Particle = { readonly occurs: '' | '?' | '*' | '+' } & (
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'sequence' | 'choice'; readonly items: readonly Particle[] }
);

/** How far a model has been followed. */
export interface ContentState {
  /** Whether the content may end here. */
  readonly isEnd: boolean;
  /** Names that may come next. */
  readonly expected: readonly string[];
  /** @returns the state behind an element of that name; undefined where it may not come */
  after(name: string): ContentState | undefined;
}

/** Larger models than any DTD has. */
const maximumPositions = 2_000;
/** More states than an unambiguous model of that size needs. */
const maximumStates = 5_000;

/**
 * A content model made ready to be followed: Glushkov's automaton, its deterministic states made as documents need them,
 * so that models that are not deterministic (GLAST's `(tholdCIRange, tholdCIRange?, tholdCIRange?)`) work as meant.
 */
export class ContentModel {
  readonly names: ReadonlySet<string>;
  readonly start: ContentState;
  readonly #positions: string[] = [];
  readonly #follow: Set<number>[] = [];
  readonly #last: ReadonlySet<number>;
  readonly #states = new Map<string, ContentState>();

  /** @throws RangeError where the model is too large to be a sound one */
  constructor(particle: Particle) {
    const { first, last, nullable } = this.#build(particle);
    this.names = new Set(this.#positions);
    this.#last = new Set(last);
    this.start = this.#state(first, nullable);
  }

  #build(particle: Particle): Part {
    const part = this.#buildOnce(particle);
    if (particle.occurs === '*' || particle.occurs === '+') this.#connect(part.last, part.first);
    const nullable = part.nullable || particle.occurs === '?' || particle.occurs === '*';
    return { ...part, nullable };
  }

  #buildOnce(particle: Particle): Part {
    if (particle.kind === 'name') {
      const position = this.#positions.push(particle.name) - 1;
      if (position >= maximumPositions) throw new RangeError('content model too large');
      this.#follow.push(new Set());
      return { first: [position], last: [position], nullable: false };
    }
    const parts = particle.items.map((item) => this.#build(item));
    if (particle.kind === 'choice') {
      return {
        first: parts.flatMap((part) => part.first),
        last: parts.flatMap((part) => part.last),
        nullable: parts.some((part) => part.nullable),
      };
    }
    let whole: Part = { first: [], last: [], nullable: true };
    for (const part of parts) {
      this.#connect(whole.last, part.first);
      whole = {
        first: whole.nullable ? [...whole.first, ...part.first] : whole.first,
        last: part.nullable ? [...whole.last, ...part.last] : part.last,
        nullable: whole.nullable && part.nullable,
      };
    }
    return whole;
  }

  #connect(from: readonly number[], to: readonly number[]): void {
    for (const position of from) for (const next of to) this.#follow[position]?.add(next);
  }

  /** The state in which any of `candidates` may come next. */
  #state(candidates: readonly number[], isEnd: boolean): ContentState {
    const next = [...new Set(candidates)].sort((a, b) => a - b);
    const key = `${next.join()}${isEnd ? '.' : ''}`;
    const known = this.#states.get(key);
    if (known) return known;
    if (this.#states.size >= maximumStates) throw new RangeError('content model too ambiguous');
    const memory = new Map<string, ContentState | undefined>();
    const expected = [...new Set(next.map((position) => this.#positions[position] ?? ''))];
    const state: ContentState = {
      isEnd,
      expected,
      after: (name) => {
        if (memory.has(name)) return memory.get(name);
        if (!expected.includes(name)) return undefined;
        const reached = next.filter((position) => this.#positions[position] === name);
        const behind = this.#state(
          reached.flatMap((position) => [...(this.#follow[position] ?? [])]),
          reached.some((position) => this.#last.has(position)),
        );
        memory.set(name, behind);
        return behind;
      },
    };
    this.#states.set(key, state);
    return state;
  }
}

interface Part {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly nullable: boolean;
}
