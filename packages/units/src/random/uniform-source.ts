/** What the samplers draw from; a `RandomStream` is one. */
export interface UniformSource {
  /** The next independent number in (0, 1), never 0 nor 1. */
  uniform(): number;
}
