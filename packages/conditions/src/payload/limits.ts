import { ConditionsError } from '../errors.ts';

/** How much of a payload is read before it is refused: hostile files are small on disk and huge in memory. */
export interface PayloadLimits {
  /** Bytes after decompression; default 1 GiB. */
  readonly bytes: number;
  /** Elements of an XML document, rows times columns of a table; default 50 million. */
  readonly items: number;
  /** Elements inside elements, arrays inside arrays; default 100. */
  readonly depth: number;
  /** Characters of an attribute or a field of a table; default 16 Mi. */
  readonly text: number;
}

/** Enough for the largest payloads of the field (239 MB), far less than what stops a machine. */
export const defaultPayloadLimits: PayloadLimits = {
  bytes: 2 ** 30,
  items: 50_000_000,
  depth: 100,
  text: 2 ** 24,
};

/**
 * Stops at a limit.
 *
 * @param where file, with line where there is one
 * @throws ConditionsError `invalid` that names the limit and how to raise it
 */
export function checkLimit(
  limits: PayloadLimits,
  name: keyof PayloadLimits,
  given: number,
  what: string,
  where: string,
): void {
  if (given <= limits[name]) return;
  throw new ConditionsError('invalid', {
    what,
    where,
    given: String(given),
    expected: `at most ${limits[name]}`,
    hint: `a payload that is sound may be read with a higher limit: ${name}`,
  });
}
