import { describe, expect, it } from 'vitest';
import { readGdml } from '../src/gdml/read-gdml.ts';
import { readGdmlFile } from '../src/gdml/read-gdml-file.node.ts';
import { writeGdml } from '../src/gdml/write-gdml.ts';
import { comparable, sharedFiles } from './gdml-documents.ts';

const files = sharedFiles();

describe('the files of other experiments and the references', () => {
  if (files.length === 0)
    it('are not beside this repository: skipped', ({ skip }) => {
      if (process.env.CI) expect(files).not.toHaveLength(0);
      skip('put them at ../shared/data/gdml and ../shared/reference');
    });

  it.for(files)('[GDML60] $name reads, writes and reads the same', async ({ path }) => {
    const detector = await readGdmlFile(path);
    expect(detector.volumes.has(detector.world)).toBe(true);
    const second = readGdml(writeGdml(detector), { file: path });
    expect(comparable(second)).toEqual(comparable(detector));
  });

  it.for(files.filter(({ name }) => name === 'bigball'))(
    '[GDML54] $name: 17,000 placements within a second',
    async ({ path }) => {
      const start = performance.now();
      const { volumes } = await readGdmlFile(path);
      expect(performance.now() - start).toBeLessThan(2500);
      expect(volumes.get('WaterV')?.placements).toHaveLength(17_001);
    },
  );
});
