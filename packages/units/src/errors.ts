/** What an error tells besides its message; each part is optional but the first. */
export interface ErrorParts {
  /** What failed, as a clause without a full stop: `unknown unit`. */
  readonly what: string;
  /** Where: a file, with line and element when there are any. */
  readonly where?: string | undefined;
  /** The value that was given. */
  readonly given?: string | undefined;
  /** What was expected, or the names that are available. */
  readonly expected?: string | undefined;
  /** What to do about it. */
  readonly hint?: string | undefined;
  /** The error below this one. */
  readonly cause?: unknown;
}

/**
 * The base of every error that Lantern throws on purpose. The message is built from its parts, in one line:
 *
 * `detector.gdml:12: unknown unit: given 'mmm', expected a unit of length (did you mean 'mm'?)`
 *
 * A package derives its own classes from this one, so that `instanceof` tells a user's mistake from a bug.
 */
export class LanternError extends Error {
  readonly parts: ErrorParts;

  constructor(parts: ErrorParts) {
    super(compose(parts), parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = new.target.name;
    this.parts = parts;
  }
}

function compose({ what, where, given, expected, hint }: ErrorParts): string {
  const values = [given && `given ${given}`, expected && `expected ${expected}`].filter(Boolean);
  const head = where ? `${where}: ${what}` : what;
  const body = values.length > 0 ? `${head}: ${values.join(', ')}` : head;
  return hint ? `${body} (${hint})` : body;
}
