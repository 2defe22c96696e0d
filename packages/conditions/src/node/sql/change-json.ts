import type { Change } from '../../log/conditions-event.ts';

/** Fields of changes that are 64-bit integers: JSON has them as decimal text. */
const integers = new Set(['vstart', 'vend', 'prodStart', 'prodEnd', 'enterTime', 'asOf']);

/** A change as the log keeps it: JSON, 64-bit integers as decimal text. */
export function changeToJson(change: Change): string {
  return JSON.stringify(change, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

/** @param json as the database gives it: parsed */
export function changeFromJson(json: unknown): Change {
  return withIntegers(json) as Change;
}

/** A copy with the integers that {@link changeToJson} wrote as text. */
export function withIntegers(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withIntegers);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [
      key,
      integers.has(key) && typeof value === 'string' ? BigInt(value) : withIntegers(value),
    ]),
  );
}
