import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hitModules, kernelModules } from '../src/gpu/generated/kernel-modules.ts';
import type { KernelModule } from '../src/gpu/kernel-module.ts';
import {
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
  const own = /^(SOURCE_IS_|FAULT_|ROOM_|COUNTER_|NOBODY|WORKGROUP|SLOT_WORDS)/;
  expect(constants(wgsl).filter((line) => !own.test(line))).toEqual(expected);
});

test('the kernel is bundled as it is', () => {
  const modules: readonly KernelModule[] = [...kernelModules, ...hitModules];
  expect(modules.map(({ name }) => name)).toContain('generated/scene.wgsl');
  for (const { name, text } of modules)
    expect(text, name).toBe(readFileSync(new URL(`wgsl/${name}`, kernel), 'utf8'));
});

test('[IMG2] settings are words in the order of their structure', () => {
  const values = Object.fromEntries(
    settingsFields.map(([name, type], i) => [
      name,
      type === 'i32' ? -i : i + 0.5 * +(type === 'f32'),
    ]),
  ) as Settings;
  const packed = new DataView(packSettings(values));
  expect(packed.byteLength).toBe(settingsBytes);
  expect(settingsBytes % 16).toBe(0);
  const struct = /struct Settings {([^}]*)}/.exec(wgsl)?.[1] ?? '';
  const fields = [...struct.matchAll(/^ {2}(\w+): (\w+),$/gm)];
  expect(fields).toHaveLength(settingsFields.length);
  fields.forEach(([, name = '', type], i) => {
    const read =
      type === 'f32'
        ? packed.getFloat32(4 * i, true)
        : type === 'i32'
          ? packed.getInt32(4 * i, true)
          : packed.getUint32(4 * i, true);
    expect(read, name).toBe(values[name as keyof Settings]);
  });
});
