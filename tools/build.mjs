/** `npm run build [-- --debug]`: builds what has changed; with --debug also packages/optics/dist/kernel.debug.wasm. */
import { build } from './build-steps.mjs';

process.exitCode = build({ debug: process.argv.includes('--debug') });
