/**
 * `node --import ./tools/typescript.mjs script.ts` runs a TypeScript script as it is on Node 20 too, by taking its types
 * away (Node 22.18 and later do that themselves). For scripts of this repository: examples, benchmarks, tools. The
 * packages they import are the built ones; with `--conditions=@lantern/source` as well, the sources.
 */
import { register } from 'node:module';

register('./typescript-loader.mjs', import.meta.url);
