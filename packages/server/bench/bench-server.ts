/**
 * A server of one published tag, for http-bench.ts: `node bench-server.ts TYPES INTERVALS`. The tag is as real as any: blocks,
 * index, HTTP, limits. Its rows are made up when they are asked for, since five million of them are not what is measured.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Calibration,
  type Change,
  Conditions,
  MemoryMetadataStore,
  MemoryPayloadStore,
  type TagLine,
} from '@lantern/conditions';
import { defaultSettings } from '../src/http/settings.ts';
import { startServer } from '../src/start-server.ts';
import { benchCell, benchEdge } from './bench-tag.ts';

const [types = 10, intervals = 10] = process.argv.slice(2).map(Number);

class MadeUpRows extends MemoryMetadataStore {
  override async row(serNo: number): Promise<Calibration> {
    const [type, cell] = benchCell(serNo, intervals);
    return {
      ...{ serNo, instrument: 'LAT', calibType: `T${type}`, flavor: 'vanilla', axis: 'time' },
      vstart: benchEdge(type, cell),
      vend: benchEdge(type, cell + 1),
      ...{ completion: 'ok', procLevel: 'production', prodStart: 1n, locale: 'pit', enterTime: 1n },
      ...{ creator: 'bench', uid: 'bench', inputDesc: 'runs 1 to 100', notes: '' },
      ...{ dataIdent: `$CALIB/T${type}/${cell}.xml`, dataFmt: 'XML', fmtVersion: 'v3' },
      payload: { sha256: hashOf(serNo), size: 1000 },
    };
  }
}

function hashOf(serNo: number): string {
  return (serNo * 2_654_435_761).toString(16).padStart(64, '0');
}

function* lines(): Generator<TagLine> {
  for (let type = 0; type < types; type++) {
    const entries = Array.from({ length: intervals }, (_, cell) => {
      const serNo = type * intervals + cell + 1;
      const [begin, end] = [benchEdge(type, cell), benchEdge(type, cell + 1)];
      return { begin, end, serNo, payload: hashOf(serNo) };
    });
    yield { calibType: `T${type}`, flavor: 'vanilla', axis: 'time', entries };
  }
}

const conditions = new Conditions(new MadeUpRows(), new MemoryPayloadStore());
const root = await conditions.tagTree.build(lines());
const tag = 'bench';
const moves = (['TESTING', 'VALIDATED', 'PUBLISHED'] as const).map(
  (state): Change => ({ kind: 'tagMoved', tag, state, root, reason: '' }),
);
const created: Change = { kind: 'tagCreated', tag, instrument: 'LAT', description: '', root };
await conditions.metadata.commit('bench', async () => ({
  changes: [created, ...moves],
  result: undefined,
}));
const home = await mkdtemp(join(tmpdir(), 'lantern-bench-'));
const rate = { perSecond: 1e9, burst: 1e9 };
const server = await startServer({
  ...{ conditions, home, version: 'bench', settings: { ...defaultSettings, reads: rate } },
  report: (error) => console.error(error),
});
const start = performance.now();
await conditions.resolve({ tags: [tag], position: benchEdge(0, 0) });
const seconds = (performance.now() - start) / 1000;
const megabytes = process.memoryUsage().rss / 2 ** 20;
process.send?.({ url: server.url, seconds, megabytes });
// How much of a core it has used until now: what other programs on the machine take does not count.
process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
process.once('disconnect', async () => {
  await server.close();
  await rm(home, { recursive: true, force: true });
  process.exit();
});
