import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hitModules, kernelModules } from '../src/gpu/generated/kernel-modules.ts';
import type { KernelModule } from '../src/gpu/kernel-module.ts';
import { mostFresh, mostOpen } from '../src/gpu/launch-layout.ts';
import {
  type BatchPlaces,
  batchFields,
  packSettings,
  type Settings,
  settingsBytes,
  settingsFields,
} from '../src/gpu/settings-layout.ts';

const kernel = new URL('../kernel/', import.meta.url);
const assemblyScript = readFileSync(new URL('wasm/generated/scene.ts', kernel), 'utf8');
const wgsl = readFileSync(new URL('wgsl/generated/scene.wgsl', kernel), 'utf8');

test('[IMG1] both kernels have the same accessors of the scene', () => {
  const signatures = (text: string, types: Readonly<Record<string, string>>): string[] =>
    [...text.matchAll(/\bf(?:unctio)?n (\w+)\(([^)]*)\)(?: ->|:) ([\w<>]+) {/g)].map(
      ([, name, parameters, result]) =>
        `${name}(${parameters?.replace(/\w+$/gm, (type) => types[type] ?? type)}): ${types[result ?? ''] ?? result}`,
    );
  const expected = signatures(assemblyScript, { usize: 'u32', f64: 'vec2<f32>' });
  const found = signatures(wgsl, {});
  expect(found.length).toBeGreaterThan(150);
  expect(found).toEqual(
    expected
      .filter((line) => !line.startsWith('bindScene'))
      .map((line) => line.replace('p: usize', 'p: u32')),
  );
});

test('[IMG1] both kernels have the same constants', () => {
  const constants = (text: string): string[] =>
    [...text.matchAll(/const (\w+: [iu]32 = -?\d+);/g)].map((match) => match[1] ?? '');
  const expected = constants(assemblyScript);
  expect(expected.length).toBeGreaterThan(300);
  const own = /^(SOURCE_IS_|FAULT_|ROOM_|COUNTERS?_|MOST_FRESH|NOBODY|WORKGROUP|SLOT_WORDS)/;
  expect(constants(wgsl).filter((line) => !own.test(line))).toEqual(expected);
});

test('the kernel is bundled as it is', () => {
  const modules: readonly KernelModule[] = [...kernelModules, ...hitModules];
  expect(modules.map(({ name }) => name)).toContain('generated/scene.wgsl');
  for (const { name, text } of modules)
    expect(text, name).toBe(readFileSync(new URL(`wgsl/${name}`, kernel), 'utf8'));
});

test('[IMG2] settings are words in the order of their structures, batches one behind the other', () => {
  const valuesOf = (fields: readonly (readonly [string, string, string])[], more: number) =>
    Object.fromEntries(
      fields.map(([name, type], i) => [
        name,
        type === 'i32' ? -i - more : i + more + 0.5 * +(type === 'f32'),
      ]),
    );
  const values = valuesOf(settingsFields, 0) as Settings;
  const batch = valuesOf(batchFields, 100) as BatchPlaces;
  const order = [2, 0];
  const table = [batch, undefined, valuesOf(batchFields, 200) as BatchPlaces];
  const packed = new DataView(packSettings(values, order, table));
  const batchBytes = 4 * batchFields.length;
  expect(settingsBytes % 16).toBe(0);
  expect(batchBytes % 16).toBe(0);
  expect(packed.byteLength).toBe(settingsBytes - (mostOpen - table.length) * batchBytes);
  const read = (type: string | undefined, at: number): number =>
    type === 'f32'
      ? packed.getFloat32(at, true)
      : type === 'i32'
        ? packed.getInt32(at, true)
        : packed.getUint32(at, true);
  const expectFields = (struct: string, at: number, expected: Record<string, number>): number => {
    const text = new RegExp(`struct ${struct} {([^}]*)}`).exec(wgsl)?.[1] ?? '';
    const fields = [...text.matchAll(/^ {2}(\w+): (\w+),$/gm)];
    expect(fields.map(([, name]) => name)).toEqual(Object.keys(expected));
    fields.forEach(([, name = '', type], i) => {
      expect(read(type, at + 4 * i), name).toBe(expected[name]);
    });
    return at + 4 * fields.length;
  };
  const fresh = 16 * Math.ceil(expectFields('Settings', 0, values) / 16);
  expect(wgsl).toContain(
    `  fresh: array<vec4<u32>, ${mostFresh / 4}>,\n  batches: array<Batch, ${mostOpen}>,\n}`,
  );
  expect(order.map((_, i) => packed.getUint32(fresh + 4 * i, true))).toEqual(order);
  const first = fresh + 4 * mostFresh;
  expectFields('Batch', first, batch);
  expectFields('Batch', first + 2 * batchBytes, table[2] ?? {});
});
