import { fewGalleries, galleryCases } from '../src/validation/twin-cases.ts';
import { tryTwins } from './gpu-twins.ts';

/** Where LANTERN_TEST_LONG is set each gallery by itself, those of materials too; without it surfaces come together. */
tryTwins(
  '[TWIN6] histories are equal but for rounding, numbers drawn are equal',
  process.env.LANTERN_TEST_LONG === undefined ? fewGalleries : galleryCases.slice(3),
);
