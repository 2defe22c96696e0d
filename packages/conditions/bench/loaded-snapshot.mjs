/**
 * `loaded-snapshot.mjs FILE`: opens a snapshot, as it is built, and answers one question; prints how long it took, and the memory, as
 * JSON. Without a file: what the program itself takes.
 */
import { Conditions, parseMoment } from '@lantern/conditions';
import { openSnapshotFile } from '@lantern/conditions/node';

const [path = ''] = process.argv.slice(2);
const start = performance.now();
const before = process.cpuUsage();
if (path) {
  const { metadata, payloads } = await openSnapshotFile(path);
  const conditions = new Conditions(metadata, payloads);
  const question = { tags: ['bench'], position: parseMoment('2020-01-01') };
  const { lines } = await conditions.resolve(question);
  if (lines.length === 0) throw new Error('nothing was found');
}
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(before);
const peak = (process.resourceUsage().maxRSS * 1024) / 1e6;
console.log(JSON.stringify({ seconds, processor: (user + system) / 1e6, peak }));
