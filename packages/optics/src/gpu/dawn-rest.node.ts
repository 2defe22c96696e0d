/**
 * Dawn has no events in Node: while anything waits for a device it asks the driver in every turn of the event loop, with a
 * whole core (webgpu 0.6.2). Turns that rest leave that core to the driver's compiler and to others.
 */
const longestMs = 5;
/** Rests are this part of the wait so far, so that little is lost when it ends. */
const share = 1 / 16;
const cell = new Int32Array(new SharedArrayBuffer(4));
const waiting = new Set<Promise<unknown>>();
let since = 0;

/** Until the work is done, turns of the event loop rest, up to 5 ms each: what else comes in waits so long. */
export function restDuring(work: Promise<unknown>): void {
  if (waiting.size === 0) setImmediate(rest);
  since = performance.now();
  waiting.add(work);
  const forget = (): void => void waiting.delete(work);
  work.then(forget, forget);
}

function rest(): void {
  if (waiting.size === 0) return;
  Atomics.wait(cell, 0, 0, Math.min(longestMs, share * (performance.now() - since)));
  setImmediate(rest);
}
