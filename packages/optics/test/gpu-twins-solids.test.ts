import { galleryCases } from '../src/validation/twin-cases.ts';
import { tryTwins } from './gpu-twins.ts';

/** Solids of one convex piece are in most other tests of the GPU. */
const [convex, ...others] = galleryCases.slice(0, 3);
tryTwins(
  '[TWIN6] histories are equal but for rounding, numbers drawn are equal',
  process.env.LANTERN_TEST_LONG === undefined || !convex ? others : [convex, ...others],
);
