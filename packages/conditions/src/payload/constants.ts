/** A constant of a payload: what two payloads are compared by. */
export type ConstantValue = number | bigint | string | boolean | null;

/** A constant and where it is: `['layer=0/xtal=3/avg', 12.5]`. */
export type Constant = readonly [path: string, value: ConstantValue];

/** What knows its constants by better paths than those of its parts. */
export interface HasConstants {
  constants(): Iterable<Constant>;
}

/**
 * The constants of a converted payload, in order: of objects that know theirs (tables, bad strips) by their own paths, of
 * plain data by the names of members and the numbers of elements: `calib/gains[3]`.
 */
export function* constantsOf(value: unknown, path: string = ''): Generator<Constant> {
  if (isConstant(value)) {
    yield [path, value];
  } else if (hasConstants(value)) {
    const prefix = path === '' ? '' : `${path}/`;
    for (const [inner, constant] of value.constants()) yield [`${prefix}${inner}`, constant];
  } else if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    for (const [index, item] of indexed(value)) yield* constantsOf(item, `${path}[${index}]`);
  } else if (value instanceof Map) {
    for (const [key, item] of value) yield* constantsOf(item, member(path, String(key)));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* constantsOf(item, member(path, key));
  }
}

function member(path: string, key: string): string {
  return path === '' ? key : `${path}/${key}`;
}

function isConstant(value: unknown): value is ConstantValue {
  return value === null || ['number', 'bigint', 'string', 'boolean'].includes(typeof value);
}

function hasConstants(value: unknown): value is HasConstants {
  return (
    typeof value === 'object' &&
    value !== null &&
    'constants' in value &&
    typeof value.constants === 'function'
  );
}

function indexed(value: ArrayBufferView | readonly unknown[]): Iterable<[number, unknown]> {
  if (Array.isArray(value)) return value.entries();
  return Array.from(value as unknown as ArrayLike<unknown>).entries();
}
