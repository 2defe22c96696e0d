import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wgslTwins } from './emit-wgsl.mjs';
import { root } from './process.mjs';
import { filesEnding } from './source-files.mjs';
import { byHand, hostOnly, withoutTwin } from './wgsl/plan.mjs';

const kernel = join(root, 'packages', 'optics', 'kernel');

/** A function of a kernel's text. */
interface KernelFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  /** Ids of the rules in the comment above it. */
  readonly rules: readonly string[];
}

const stems = filesEnding(join(kernel, 'wasm'), '.ts')
  .map((path) => path.slice(join(kernel, 'wasm').length + 1, -'.ts'.length).replaceAll('\\', '/'))
  .filter((stem) => !/^(generated|testing)\b/.test(stem) && !hostOnly.has(nameOf(stem)));
const replaced = functionsOf(
  readFileSync(join(root, 'tools', 'wgsl', 'replacements.wgsl'), 'utf8'),
  /^fn (\w+)\(([^)]*)\)/,
).map((one) => one.name);

describe('the twins of the kernel', () => {
  for (const stem of stems.filter((one) => !byHand.has(nameOf(one)))) {
    it(`${stem}: the same functions, parameters and rules, in the same order`, () => {
      const { ours, twins } = read(stem);
      expect(twins.map((twin) => twin.name)).toEqual(ours.map((one) => one.name));
      for (const [i, one] of ours.entries()) {
        expect(twins[i]?.rules, one.name).toEqual(one.rules);
        if (!replaced.includes(one.name))
          expect(twins[i]?.parameters, one.name).toEqual(one.parameters);
      }
    });
  }

  for (const stem of stems.filter((one) => byHand.has(nameOf(one)))) {
    it(`${stem}, by hand: each function, or why not, and all rules`, () => {
      const { ours, twins, text, twin } = read(stem);
      const here = new Set(twins.map((one) => one.name));
      const missing = ours.map((one) => one.name).filter((name) => !here.has(name));
      const excused = withoutTwin.get(nameOf(stem)) ?? [];
      expect(missing.toSorted()).toEqual(excused.map(([name]) => name).toSorted());
      expect(rulesIn(text).filter((rule) => !rulesIn(twin).includes(rule))).toEqual([]);
    });
  }

  it('replace only functions that there are', () => {
    const all = stems.flatMap((stem) => read(stem).ours.map((one) => one.name));
    expect(replaced.filter((name) => !all.includes(name))).toEqual([]);
  });

  it('are as the emitter writes them', () => {
    for (const { file, text } of wgslTwins())
      expect(readFileSync(join(kernel, 'wgsl', file), 'utf8'), file).toBe(text);
  });

  // The build writes them anew: what is committed has to be that.
  it.runIf(process.env.CI && existsSync(join(root, '.git')))('are committed', () => {
    const changed = execFileSync(
      'git',
      ['status', '--porcelain', '--', 'packages/optics/kernel/wgsl'],
      { cwd: root, encoding: 'utf8' },
    );
    expect(changed).toBe('');
  });
});

function nameOf(stem: string): string {
  return stem.slice(stem.lastIndexOf('/') + 1);
}

function read(stem: string) {
  const text = readFileSync(join(kernel, 'wasm', `${stem}.ts`), 'utf8');
  const twin = readFileSync(join(kernel, 'wgsl', `${stem}.wgsl`), 'utf8');
  const prefix = `${nameOf(stem).replaceAll('-', '_')}_`;
  // What meets a thread's own memory is written for each module, behind all else.
  const isMemory = (name: string): boolean => /_(load|store|copy)[A-Z]\w*$/.test(name);
  return {
    text,
    twin,
    ours: functionsOf(text, /^(?:@inline )?(?:export )?function (\w+)\(([^)]*)\)/),
    twins: functionsOf(twin, /^fn (\w+)\(([^)]*)\)/)
      .filter((one) => !isMemory(one.name))
      .map((one) => ({
        ...one,
        name: one.name.replace(new RegExp(`^${prefix}`), '').replace(/_$/, ''),
      })),
  };
}

function functionsOf(text: string, head: RegExp): KernelFunction[] {
  const lines = text.split('\n');
  return lines.flatMap((line, i) => {
    if (!/^(fn|@inline|export function|function)\b/.test(line)) return [];
    const match = head.exec(lines.slice(i, i + 12).join('\n'));
    if (!match) return [];
    let from = i;
    while (lines[from - 1]?.startsWith('//')) from--;
    return [
      {
        name: match[1] ?? '',
        parameters: (match[2] ?? '')
          .split(',')
          .map((parameter) => parameter.split(':')[0]?.trim().replace(/_$/, '') ?? '')
          .filter((parameter) => parameter !== ''),
        rules: rulesIn(lines.slice(from, i).join('\n')),
      },
    ];
  });
}

function rulesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\[([A-Z]+\d+)\]/g)].map((match) => match[1] ?? ''))];
}
