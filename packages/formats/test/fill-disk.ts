/** Writes until the disk is full, then tells as JSON what happened and what is there. */
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { NpyWriter, readNpy } from '@lantern/formats/node';

const [path = 'hits.npy'] = process.argv.slice(2);
const writer = await NpyWriter.create(path, { dtype: '<f4', rowShape: [4] });
let error = '';
while (error === '') {
  await writer.append(new Float32Array(400)).catch((cause: Error) => {
    error = cause.message;
  });
}
const second = await writer.finish().catch((cause: Error) => cause.message);
const rows = await writer.abort();
const partial = await readNpy(writer.partialPath);
const files = readdirSync(dirname(path));
process.stdout.write(JSON.stringify({ error, second, rows, rowsRead: partial.shape[0], files }));
