/** `node … peak-memory.ts FOLDER NAME THREADS`: one run in a process of its own; prints its peak memory in MiB. */
import { loadCase, referenceCases, runOnce } from './reference-case.ts';

const [folder = '', name = '', threads = '1'] = process.argv.slice(2);
const reference = referenceCases.find((candidate) => candidate.name === name);
if (!reference) throw new Error(`no reference ${name}`);
await runOnce(await loadCase(folder, reference), Number(threads));
console.log(Math.round(process.resourceUsage().maxRSS / 1024));
