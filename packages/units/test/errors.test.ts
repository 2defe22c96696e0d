import { LanternError, nearest } from '@lantern/units';
import { expect, test } from 'vitest';

class PlantedError extends LanternError {}

test('[ER1] a message says where, what, given, expected, and what to do', () => {
  const cause = new Error('below');
  const error = new PlantedError({
    what: 'unknown solid',
    where: 'a.gdml:12',
    given: "'boks'",
    expected: 'a solid of GDML',
    hint: "did you mean 'box'?",
    cause,
  });
  expect(error.message).toBe(
    "a.gdml:12: unknown solid: given 'boks', expected a solid of GDML (did you mean 'box'?)",
  );
  expect(error).toBeInstanceOf(LanternError);
  expect(error.name).toBe('PlantedError');
  expect(error.cause).toBe(cause);
  expect(new LanternError({ what: 'empty file' }).message).toBe('empty file');
  expect('cause' in new LanternError({ what: 'empty file' })).toBe(false);
});

test('[ER2] the nearest name', () => {
  const names = ['photons', 'threads', 'seed', 'out', 'json'];
  expect(nearest('theads', names)).toBe('threads');
  expect(nearest('phtoons', names)).toBe('photons');
  expect(nearest('SEED', names)).toBe('seed');
  expect(nearest('xyz', names)).toBeUndefined();
  expect(nearest('ouk', names)).toBe('out');
  expect(nearest('MM', ['mm', 'm'])).toBe('mm');
  expect(nearest('', names)).toBeUndefined();
});
