import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { vocabulariesFromJson } from '../src/index.ts';

test('[VOC1] the configuration file of the README is one', () => {
  const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, json = ''] = /```json\n(.*?)```/s.exec(text) ?? [];
  expect(vocabulariesFromJson(JSON.parse(json)).rules?.TKR_HotChan).toEqual({
    overlap: 'refuse',
    refuseGaps: true,
  });
});
