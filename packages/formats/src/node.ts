export { fileError } from './file-error.node.ts';
export { makeFolder } from './make-folder.node.ts';
export { NpyReader, readNpy } from './npy/reader.node.ts';
export { type NpyRows, NpyWriter, writeNpy } from './npy/writer.node.ts';
export { readNumbers } from './numbers/read-numbers.node.ts';
export { requireFolder } from './require-folder.node.ts';
export { requireReplaceable, writeWhole } from './write-whole.node.ts';
