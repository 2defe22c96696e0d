import { join } from 'node:path';
import type { Engine } from '@lantern/optics';
import { createCpuEngine, loadKernel } from '@lantern/optics/node';
import { expect, test } from 'vitest';
import { boundaryGroup } from '../src/validate/cases/boundary.ts';
import { runGroups } from '../src/validate/run-groups.ts';
import { TwinRun } from '../src/validate/twin-run.ts';
import { validationPage } from '../src/validate/validation-page.ts';
import { referenceFolder, withReference } from './shared-reference.ts';

/** An engine that says otherwise of every photon of some numbers: a boundary did what it did not. */
function wrong(every: number): Engine {
  const cpu = createCpuEngine();
  return {
    name: 'wrong',
    propagate: async (scene, request, sink) =>
      await cpu.propagate(scene, request, (batch) => {
        const traces = batch.traces?.slice();
        const room = (traces?.length ?? 0) / 2 / batch.count;
        for (let i = 0; traces && i < batch.count; i++) {
          if ((batch.first + i) % every !== every - 1) continue;
          const word = 2 * (i * room + 1) + 1;
          traces[word] = (traces[word] ?? 0) ^ (1 << 25);
        }
        return sink({ ...batch, traces });
      }),
  };
}

const described = {
  ...{ created: '2026-01-01T00:00:00Z', commit: 'abc', seed: 1, engine: 'gpu', threads: 0 },
  ...{ machine: 'a GPU; this', seconds: 1, trend: [] },
};

async function validate(gpu: Engine, photons: number, references: string) {
  const kernel = await loadKernel();
  const run = new TwinRun(gpu, kernel);
  const groups = [{ ...boundaryGroup(), cases: boundaryGroup().cases.slice(0, 2) }];
  const twins = run.group({ path: references, isAsked: false }, groups);
  const result = await runGroups([...groups, twins], {
    ...{ ...run.request, kernel, seed: 1n, threads: 2 },
    ...{ signal: new AbortController().signal, onProgress: () => undefined },
    few: (usual) => Math.min(usual, photons),
  });
  return { ...result, page: validationPage({ ...described, ...result }) };
}

test('[VAL21] an engine is compared with the CPU’s photon by photon, in galleries and in what else is validated', {
  timeout: 60_000,
}, async () => {
  const { groups, verdict, page } = await validate(createCpuEngine(), 500, 'nowhere');
  expect(verdict.differing).toEqual([]);
  const [boundary, twins] = groups;
  expect(boundary?.cases.map(({ photons }) => photons)).toEqual([500, 500]);
  expect(twins?.cases.length).toBeGreaterThan(8);
  const byTheWay = twins?.cases.at(-1);
  expect(byTheWay?.twin).toMatchObject({ photons: 1000, differing: 0, unexplained: 0 });
  expect(byTheWay?.note).toContain('2 propagations');
  for (const { twin } of twins?.cases.slice(0, -1) ?? []) {
    expect(twin).toMatchObject({ differing: 0, unexplained: 0, counters: [] });
    expect(twin?.draws).toBeGreaterThan(1000);
  }
  expect(page).toContain('CPU and GPU, photon by photon');
  expect(page).toContain('numbers drawn');
});

test('[VAL21] what differs for no reason of rounding is a disagreement, told step by step', {
  timeout: 60_000,
}, async () => {
  const { groups, verdict, page } = await validate(wrong(250), 500, 'nowhere');
  expect(verdict.agrees).toBe(false);
  const twin = groups[1]?.cases.at(-1)?.twin;
  expect(twin).toMatchObject({ photons: 1000, differing: 4, unexplained: 4 });
  expect(twin?.partings[0]?.lines[0]).toContain('photon 249, step 1: what the face does with it');
  expect(twin?.partings[0]?.lines[1]).toContain('CPU: step 1: after ');
  expect(page).toContain('not by rounding</strong>');
});

test.runIf(withReference)(
  '[VAL21] the reference detectors are compared photon by photon',
  { timeout: 120_000 },
  async () => {
    const { groups } = await validate(createCpuEngine(), 200, join(referenceFolder));
    expect(groups[1]?.cases.slice(0, 3).map(({ name, twin }) => [name, twin?.photons])).toEqual([
      ['watertank', 200],
      ['scintball', 200],
      ['bigball', 200],
    ]);
  },
);
