import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A function of the kernel, or one of its loops: what is counted. */
export interface Block {
  /** `hierarchy.ts`, of kernel/wasm. */
  readonly file: string;
  readonly function: string;
  /** Of the loops in the function, from 0; -1: the function itself. */
  readonly loop: number;
}

/** The kernel, compiled so that it counts how often each block is entered. */
export interface CountingKernel {
  readonly module: WebAssembly.Module;
  /** The counter of each has its index. */
  readonly blocks: readonly Block[];
}

const source = fileURLToPath(new URL('../../kernel/wasm', import.meta.url));
const compiler = fileURLToPath(
  new URL('../../../../node_modules/assemblyscript/bin/asc.js', import.meta.url),
);
const functionHead =
  /^(?:@inline )?(?:export )?function (\w+)(?:<[^>]*>)?\([^)]*\)(?:: [\w<>]+)? \{/gm;
/** A loop with braces; one without has a body of one call, which is counted there. */
const loopHead = /^ +(?:else )?(?:for \(.*\)|while \(.*\)|do) \{$/gm;

/**
 * Compiles a copy of the kernel in which every function and every loop counts itself, every read of the scene is counted,
 * and the counts of each step of a photon can be kept.
 *
 * @throws where asc finds fault with it
 */
export function compileCountingKernel(): CountingKernel {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-work-'));
  try {
    const kernel = join(folder, 'wasm');
    cpSync(source, kernel, { recursive: true });
    writeFileSync(join(kernel, 'work.ts'), counters);
    const blocks: Block[] = [];
    for (const path of filesUnder(kernel)) {
      const file = relative(kernel, path).split(sep).join('/');
      if (file === 'work.ts' || file === 'testing.ts' || file.startsWith('testing/')) continue;
      const text = instrument(readFileSync(path, 'utf8'), file, blocks);
      const up = '../'.repeat(file.split('/').length - 1) || './';
      writeFileSync(
        path,
        `import { workCut, workEnter, workRead, workRead128 } from '${up}work';\n${text}${endOf(file)}`,
      );
    }
    const out = join(folder, 'kernel.wasm');
    const args = [compiler, join(kernel, 'index.ts'), '--config', join(kernel, 'asconfig.json')];
    const { status, stdout } = spawnSync(
      process.execPath,
      [...args, '--target', 'release', '--outFile', out],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    );
    if (status !== 0) throw new Error(`the counting kernel does not compile: ${stdout}`);
    return { module: new WebAssembly.Module(readFileSync(out)), blocks };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

function endOf(file: string): string {
  if (file !== 'index.ts') return '';
  return "export { begin, cutsMade, countsAt, keepCuts, readBytes, watch } from './work';\n";
}

/** Counters at the head of functions and loops; cuts between a photon's making, its steps and its end. */
function instrument(text: string, file: string, blocks: Block[]): string {
  const heads = [...text.matchAll(functionHead)];
  let made = '';
  heads.forEach((head, i) => {
    const name = head[1] ?? '';
    const from = head.index + head[0].length;
    const to = heads[i + 1]?.index ?? text.length;
    if (i === 0) made += text.slice(0, head.index);
    const index = blocks.push({ file, function: name, loop: -1 }) - 1;
    let loop = 0;
    const body = text.slice(from, to).replace(loopHead, (whole) => {
      const of = blocks.push({ file, function: name, loop: loop++ }) - 1;
      return `${whole} workEnter(${of});`;
    });
    made += `${head[0]} workEnter(${index});${body}`;
  });
  if (heads.length === 0) made = text;
  const counted = made
    .replaceAll(/(?<![\w.])load<(\w+)>\(/g, 'workRead<$1>(')
    .replaceAll(/v128\.load\(/g, 'workRead128(');
  return file === 'propagate.ts' ? withCuts(counted) : counted;
}

/** 0: the photon is made, 1: a step is made, 2: the end is written. */
function withCuts(text: string): string {
  return [
    ['  while (true) {', '  workCut(0);\n  while (true) { if (steps > 0) workCut(1);'],
    ['    const end = follow();', '    const end = follow();\n    workCut(1);'],
    [
      '    if (childCount() > familyBegin())',
      '    workCut(2);\n    if (childCount() > familyBegin())',
    ],
  ].reduce((made, [before = '', after = '']) => {
    if (made.split(before).length !== 2) throw new Error(`propagate.ts has no one '${before}'`);
    return made.replace(before, after);
  }, text);
}

/** In 64 bits; a log of cuts has 16-bit differences, and in front which cut it is. */
const counters = `
const MOST: i32 = 2048;
const counts: usize = memory.data(16384, 16);
const before: usize = memory.data(16384, 16);
let first: usize = 0;
let size: usize = 0;
let lines: usize = 0;
let log: usize = 0;
let room: i32 = 0;
let width: i32 = 0;
let cuts: i32 = 0;
let bytes: u64 = 0;
let bytesBefore: u64 = 0;

export function countsAt(): usize {
  return counts;
}

export function readBytes(): u64 {
  return bytes;
}

// Reads of this part of memory are counted, by lines of 128 bytes too.
export function watch(from: usize, length: usize, perLine: usize): void {
  first = from;
  size = length;
  lines = perLine;
}

// From now on, as many cuts as there is room for: of each its kind, the bytes
// read and the counts of so many blocks, 16 bits each.
export function keepCuts(at: usize, many: i32, blocks: i32): void {
  log = at;
  room = many;
  width = blocks;
  cuts = 0;
  begin();
}

export function cutsMade(): i32 {
  return cuts;
}

export function begin(): void {
  memory.copy(before, counts, 8 * MOST);
  bytesBefore = bytes;
}

@inline export function workEnter(block: i32): void {
  const at = counts + (<usize>block << 3);
  store<u64>(at, load<u64>(at) + 1);
}

export function workCut(kind: i32): void {
  if (cuts >= room) return;
  const at = log + <usize>cuts * <usize>(2 * width + 4);
  store<u16>(at, <u16>kind);
  store<u16>(at, <u16>min<u64>(65535, bytes - bytesBefore), 2);
  for (let i = 0; i < width; i++) {
    const made = load<u64>(counts + (<usize>i << 3)) - load<u64>(before + (<usize>i << 3));
    store<u16>(at + 4 + (<usize>i << 1), <u16>min<u64>(65535, made));
  }
  begin();
  cuts++;
}

@inline function note(at: usize, length: usize): void {
  if (at - first >= size) return;
  bytes += <u64>length;
  const line = lines + (((at - first) >> 7) << 2);
  store<u32>(line, load<u32>(line) + 1);
}

@inline export function workRead<T>(at: usize, offset: usize = 0): T {
  note(at + offset, sizeof<T>());
  return load<T>(at + offset);
}

@inline export function workRead128(at: usize, offset: usize = 0): v128 {
  note(at + offset, 16);
  return v128.load(at + offset);
}
`;
