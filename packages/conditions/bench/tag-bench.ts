import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TagLine } from '../src/index.ts';
import { openConditions } from '../src/node/home/open-conditions.ts';

/** Tags on the disk: events in PGlite, blocks in files. Times are milliseconds of wall time. */
export interface TagFigures {
  readonly intervals: number;
  /** To write a tag with so many intervals. */
  readonly build: number;
  /** Bytes of its blocks. */
  readonly bytes: number;
  readonly clones: number;
  /** To make all clones. */
  readonly clone: number;
  /** Bytes in the payload store that the clones take. */
  readonly cloneBytes: number;
  /** To add one interval at the end of a line of a clone, and the bytes that it writes. */
  readonly append: number;
  readonly appendBytes: number;
  /** To compare that clone with the tag. */
  readonly diff: number;
}

/** @param types conditions of the tag, each with `each` intervals of an hour */
export async function benchTags(types: number, each: number, clones: number): Promise<TagFigures> {
  const home = await mkdtemp(join(tmpdir(), 'tags-'));
  const conditions = await openConditions(home);
  const { payloads } = conditions;
  let written = 0;
  const put = payloads.put.bind(payloads);
  payloads.put = async (content) => {
    const stored = await put(content);
    if (stored.isNew) written += stored.size;
    return stored;
  };
  const me = { by: 'bench' };
  try {
    const [root, build] = await timed(() => conditions.tagTree.build(linesOf(types, each)));
    const bytes = written;
    const changes = [
      { kind: 'tagCreated', tag: 'main', instrument: 'LAT', description: '', root } as const,
    ];
    await conditions.metadata.commit(me.by, async () => ({ changes, result: undefined }));
    const [, clone] = await timed(async () => {
      for (let i = 0; i < clones; i++) {
        await conditions.createTag({ name: `clone-${i}`, clone: 'main' }, me);
      }
    });
    const cloneBytes = written - bytes;
    const draft = {
      instrument: 'LAT',
      calibType: 'T0',
      flavor: 'vanilla',
      vstart: hour * BigInt(each),
    };
    const { calibration } = await conditions.register(
      { draft: { ...draft, dataFmt: 'CSV', fmtVersion: '1' }, bytes: new Uint8Array(1) },
      me,
    );
    const before = written;
    const entries = [{ serNo: calibration.serNo }];
    const [, append] = await timed(() => conditions.putInTag('clone-0', entries, me));
    const appendBytes = written - before;
    const sources = { before: { tags: ['main'] }, after: { tags: ['clone-0'] } };
    const [, diff] = await timed(() => conditions.diff(sources));
    const intervals = types * each;
    return { intervals, build, bytes, clones, clone, cloneBytes, append, appendBytes, diff };
  } finally {
    await conditions.dispose();
    await rm(home, { recursive: true });
  }
}

const hour = 3_600_000_000_000n;

function* linesOf(types: number, each: number): Generator<TagLine> {
  for (let type = 0; type < types; type++) {
    const entries = Array.from({ length: each }, (_, i) => ({
      begin: hour * BigInt(i),
      end: hour * BigInt(i + 1),
      serNo: type * each + i + 1,
      payload: (type * each + i + 1).toString(16).padStart(64, '0'),
    }));
    yield { calibType: `T${type}`, flavor: 'vanilla', axis: 'time', entries };
  }
}

async function timed<T>(action: () => Promise<T>): Promise<readonly [T, number]> {
  const start = performance.now();
  const value = await action();
  return [value, performance.now() - start];
}
