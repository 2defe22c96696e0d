/**
 * Any value of plain objects as JSON: integers of 64 bits, which JSON cannot hold, as `{"$int": "123"}`. For answers that
 * programs alone read (differences, coverage, explanations, plans). [JSN6]
 */
export function toWire(value: unknown): unknown {
  if (typeof value === 'bigint') return { $int: String(value) };
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      member === undefined ? [] : [[name, toWire(member)]],
    ),
  );
}

/** What {@link toWire} was given, but for members that were undefined. */
export function fromWire(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(fromWire);
  if (typeof json !== 'object' || json === null) return json;
  const { $int: integer, ...rest } = json as { $int?: unknown };
  if (typeof integer === 'string' && /^-?\d{1,19}$/.test(integer)) return BigInt(integer);
  const members = integer === undefined ? rest : json;
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [name, fromWire(member)]),
  );
}
