import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DirectoryPayloadStore } from '../src/node/files/directory-payload-store.ts';
import { saveSnapshotFile } from '../src/node/snapshot-file.ts';
import { MemoryMetadataStore } from '../src/store/memory-metadata-store.ts';
import { TagTree } from '../src/tags/tag-tree.ts';
import { median } from './find-bench.ts';
import { linesOf, type Scenario } from './scenarios.ts';

/** What it takes to open a snapshot file and to index its tag, in a process that does nothing else. */
export interface LoadFigures {
  readonly scenario: string;
  /** MB of the file. */
  readonly file: number;
  /** Seconds, from opening the file to the first answer of all types; every hash is checked on the way. */
  readonly load: number;
  /** Seconds of processor time in these, of all threads. */
  readonly processor: number;
  /** Peak resident memory, MB; and that of a process that only loads the program. */
  readonly memory: number;
  readonly idle: number;
}

/** What loaded-snapshot.mjs prints. */
export interface Loaded {
  readonly seconds: number;
  readonly processor: number;
  readonly peak: number;
}

/** The rows of the tag are left out of the file: they are read one by one when they are asked for, not when it is opened. */
export async function benchLoad(scenario: Scenario, runs: number): Promise<LoadFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-bench-'));
  try {
    const path = join(folder, 'bench.snapshot');
    const payloads = new DirectoryPayloadStore(join(folder, 'payloads'));
    const metadata = new MemoryMetadataStore();
    const root = await new TagTree(payloads).build(linesOf(scenario));
    const created = {
      kind: 'tagCreated',
      tag: 'bench',
      instrument: 'LAT',
      description: '',
      root,
    } as const;
    await metadata.commit('bench', async () => ({ changes: [created], result: undefined }));
    await saveSnapshotFile(path, { metadata, payloads });
    const loads = Array.from({ length: runs }, () => load(path));
    return {
      scenario: scenario.name,
      file: statSync(path).size / 1e6,
      load: median(loads.map(({ seconds }) => seconds)),
      processor: median(loads.map(({ processor }) => processor)),
      memory: median(loads.map(({ peak }) => peak)),
      idle: load('').peak,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function load(path: string): Loaded {
  const script = fileURLToPath(new URL('loaded-snapshot.mjs', import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, path], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
