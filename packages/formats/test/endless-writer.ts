/** Writes the same NPY file again and again, until it is killed. Says when the first one begins. */
import { NpyWriter } from '@lantern/formats/node';

const [path = 'hits.npy'] = process.argv.slice(2);
const rowsPerAppend = 100;

process.stdout.write('writing\n');
for (;;) {
  const writer = await NpyWriter.create(path, { dtype: '<f4', rowShape: [4] });
  for (let row = 0; row < 5000; row += rowsPerAppend) {
    await writer.append(
      Float32Array.from({ length: 4 * rowsPerAppend }, (_, i) => (4 * row + i) % 4096),
    );
  }
  await writer.finish();
}
