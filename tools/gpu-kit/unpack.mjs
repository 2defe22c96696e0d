/** `node unpack.mjs kit.br FOLDER`: what tools/gpu-kit.mjs packed, as files and links. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

const [archive = '', folder = ''] = process.argv.slice(2);
const content = brotliDecompressSync(readFileSync(archive));
let at = content.indexOf('\n') + 1;
/** @type {{ files: { path: string, length: number }[], links: { path: string, target: string }[] }} */
const { files, links } = JSON.parse(content.toString('utf8', 0, at));
for (const { path, length } of files) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content.subarray(at, at + length));
  at += length;
}
for (const { path, target } of links) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  symlinkSync(target, join(folder, path), 'dir');
}
