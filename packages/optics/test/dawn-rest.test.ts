import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { restDuring } from '../src/gpu/dawn-rest.node.ts';

test('[DEV7] turns of the event loop rest while work is under way, and no longer', async () => {
  const works = [wait(100), wait(300).then(() => Promise.reject(new Error('refused')))];
  for (const work of works) restDuring(work);
  let isOver = false;
  void Promise.allSettled(works).then(() => {
    isOver = true;
  });
  let turns = 0;
  for (; !isOver; turns++) await turn();
  // Rests grow to 5 ms in some 100 turns; without them there are tens of thousands.
  expect(turns).toBeLessThan(1000);
  await turn();
  const rested = vi.spyOn(Atomics, 'wait');
  for (turns = 0; turns < 100; turns++) await turn();
  expect(rested).not.toHaveBeenCalled();
  rested.mockRestore();
});
