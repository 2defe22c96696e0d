export { fileError } from './file-error.node.ts';
export { NpyReader, readNpy } from './npy/reader.node.ts';
export { type NpyRows, NpyWriter, writeNpy } from './npy/writer.node.ts';
