/** What JSON can say. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * The one text of a JSON value: keys by UTF-16 units, no spaces, numbers and strings as ECMAScript writes them, absent where
 * undefined (RFC 8785, https://www.rfc-editor.org/rfc/rfc8785). What is hashed, signed or compared is this. [JSN1]
 *
 * @throws RangeError for NaN and infinities, which JSON has not
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`JSON has no ${value}`);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const member = value[key];
      return member === undefined ? [] : `${JSON.stringify(key)}:${canonicalJson(member)}`;
    });
  return `{${members.join(',')}}`;
}

function isList(value: Json & object): value is readonly Json[] {
  return Array.isArray(value);
}
