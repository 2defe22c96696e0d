/** What a GDML file may cost at most; a file that asks for more is refused with an error that names the limit. */
export interface GdmlLimits {
  /** Placements, with those of loops, replicas, divisions and assemblies written out. */
  readonly placements: number;
  /** Passes through all `<loop>` elements together. */
  readonly loopIterations: number;
  /** Elements inside elements. */
  readonly depth: number;
  /** Values in one `<matrix>`. */
  readonly matrixValues: number;
  /** Characters that entities of the document type add to the text, all together. */
  readonly entityCharacters: number;
  /** Characters of files that entities include, all together, each as often as it is included. */
  readonly includedCharacters: number;
  /** Files included in files included in files … */
  readonly includeDepth: number;
}

/** The limits where the caller sets none. */
export const defaultLimits: GdmlLimits = {
  placements: 10_000_000,
  loopIterations: 10_000_000,
  depth: 1000,
  matrixValues: 10_000_000,
  entityCharacters: 1_000_000,
  includedCharacters: 200_000_000,
  includeDepth: 20,
};
