/** Bytes as ROOT writes them: big-endian, objects with their length and version in front. */
export class RootOutput {
  readonly #bytes: number[] = [];

  get length(): number {
    return this.#bytes.length;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#bytes);
  }

  raw(bytes: Iterable<number>): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  u1(...values: readonly number[]): this {
    return this.raw(values);
  }

  i2(...values: readonly number[]): this {
    for (const value of values) this.#bytes.push((value >> 8) & 255, value & 255);
    return this;
  }

  i4(...values: readonly number[]): this {
    for (const value of values) this.i2(value >>> 16, value & 0xffff);
    return this;
  }

  i8(...values: readonly number[]): this {
    for (const value of values) this.i4(Math.floor(value / 2 ** 32), value >>> 0);
    return this;
  }

  f4(...values: readonly number[]): this {
    for (const value of values) this.#float(4, (view) => view.setFloat32(0, value));
    return this;
  }

  f8(...values: readonly number[]): this {
    for (const value of values) this.#float(8, (view) => view.setFloat64(0, value));
    return this;
  }

  /** TString: its length in a byte, in five where it is long. */
  text(value: string): this {
    const bytes = new TextEncoder().encode(value);
    if (bytes.length < 255) this.u1(bytes.length);
    else this.u1(255).i4(bytes.length);
    return this.raw(bytes);
  }

  /** An object: length with a flag, version, what `content` writes. */
  object(version: number, content: (out: RootOutput) => void): this {
    const inner = new RootOutput();
    content(inner);
    return this.i4((0x40000000 | (inner.length + 2)) >>> 0)
      .i2(version)
      .raw(inner.#bytes);
  }

  /** An object behind a pointer: its class by name each time. */
  pointer(className: string, content: (out: RootOutput) => void): this {
    const inner = new RootOutput();
    inner.i4(0xffffffff).raw(new TextEncoder().encode(className)).u1(0);
    content(inner);
    return this.i4((0x40000000 | inner.length) >>> 0).raw(inner.#bytes);
  }

  tObject(): this {
    return this.i2(1).i4(0, 0x03000000);
  }

  tNamed(name: string, title: string): this {
    return this.object(1, (out) => out.tObject().text(name).text(title));
  }

  #float(size: number, write: (view: DataView) => void): void {
    const buffer = new ArrayBuffer(size);
    write(new DataView(buffer));
    this.raw(new Uint8Array(buffer));
  }
}
