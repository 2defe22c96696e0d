import { readdirSync } from 'node:fs';
import { test } from 'vitest';
import { readGdmlFile } from '../src/gdml/read-gdml-file.node.ts';
import { checkGeometry } from '../src/check/check-geometry.ts';
const dir = '/work/shared/data/gdml/';
const files = [...readdirSync(dir).filter((f) => f.endsWith('.gdml')).map((f) => dir + f),
  ...['watertank', 'scintball', 'bigball'].map((n) => `/work/shared/reference/${n}/geometry.gdml`)];
test.each(files)('%s', async (file) => {
  const t0 = performance.now();
  const d = await readGdmlFile(file);
  const t1 = performance.now();
  const f = checkGeometry(d);
  const t2 = performance.now();
  console.log(`==== ${file} read ${(t1 - t0) | 0} ms, check ${(t2 - t1) | 0} ms\n` + f.map((x) => `${x.severity} ${x.kind} | ${x.where}: ${x.message}`).join('\n'));
}, 200000);
