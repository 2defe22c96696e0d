/** An NPY file as some writer may have made it. */
export interface NpyParts {
  readonly header: string;
  readonly version?: number;
  readonly alignment?: number;
  readonly data?: Uint8Array;
}

/** Puts an NPY file together, without a look at whether the parts fit. */
export function npyBytes({ header, version = 1, alignment = 64, data }: NpyParts): Uint8Array {
  const start = version === 1 ? 10 : 12;
  const text = new TextEncoder().encode(header);
  const dataOffset = Math.ceil((start + text.length + 1) / alignment) * alignment;
  const bytes = new Uint8Array(dataOffset + (data?.length ?? 0)).fill(0x20, 0, dataOffset - 1);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(bytes.buffer);
  if (version === 1) view.setUint16(8, dataOffset - start, true);
  else view.setUint32(8, dataOffset - start, true);
  bytes.set(text, start);
  bytes[dataOffset - 1] = 0x0a;
  bytes.set(data ?? [], dataOffset);
  return bytes;
}
