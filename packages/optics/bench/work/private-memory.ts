import { readFileSync } from 'node:fs';

/** Bytes of a thread's own variables: single numbers, which compilers keep in registers, and arrays, which they cannot. */
export interface PrivateMemory {
  readonly numbers: number;
  readonly arrays: number;
}

const sizes: Readonly<Record<string, number>> = {
  f32: 4,
  i32: 4,
  u32: 4,
  bool: 4,
  vec2f: 8,
  'vec2<f32>': 8,
  vec2u: 8,
  vec3f: 12,
  vec4u: 16,
  vec4f: 16,
  'vec4<f32>': 16,
  'vec4<u32>': 16,
};

/**
 * What `var<private>` of these WGSL texts take.
 *
 * @throws for a type of unknown size
 */
export function privateMemory(files: readonly string[]): PrivateMemory {
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  const constants = new Map(
    [...text.matchAll(/const (\w+)(?:: [ui]32)? = (\d+)[ui]?;/g)].map(([, name = '', value]) => [
      name,
      Number(value),
    ]),
  );
  const countOf = (length: string): number => {
    const [, one = '', by = '1'] = /^(\w+)(?: \/ (\d+)u?)?$/.exec(length) ?? [];
    const count = /^\d/.test(one) ? Number.parseInt(one, 10) : constants.get(one);
    return (count ?? Number.NaN) / Number(by);
  };
  const size = (type: string): number => {
    const [, element = '', length = ''] = /^array<(.+), ?([^,>]+)>$/.exec(type) ?? [];
    const count = countOf(length);
    const bytes = element === '' ? sizes[type] : size(element) * count;
    if (bytes === undefined || Number.isNaN(bytes)) throw new Error(`the size of ${type}?`);
    return bytes;
  };
  let [numbers, arrays] = [0, 0];
  for (const [, type = ''] of text.matchAll(/var<private> \w+: ([^=;]+?)(?: =|;)/g)) {
    if (type.startsWith('array')) arrays += size(type);
    else numbers += size(type);
  }
  return { numbers, arrays };
}
