import type { TriangleMesh } from './triangle-mesh.ts';

/** Gathers vertices and triangles; vertices of the same coordinates, to the bit, are one. */
export class MeshBuilder {
  #vertices = new Float64Array(3 * 64);
  #vertexCount = 0;
  #triangles = new Int32Array(3 * 64);
  #length = 0;
  /** Open addressing: vertex index + 1, or 0. */
  #table = new Int32Array(256);

  /** Number of triangles so far. */
  get count(): number {
    return this.#length / 3;
  }

  /** The index of the vertex, new or known. */
  vertex(x: number, y: number, z: number): number {
    // -0 is 0.
    const [px, py, pz] = [x + 0, y + 0, z + 0];
    if (2 * this.#vertexCount >= this.#table.length) this.#enlargeTable();
    let slot = this.#slot(px, py, pz);
    for (;;) {
      const known = this.#table[slot] ?? 0;
      if (known === 0) break;
      const at = 3 * (known - 1);
      if (
        this.#vertices[at] === px &&
        this.#vertices[at + 1] === py &&
        this.#vertices[at + 2] === pz
      )
        return known - 1;
      slot = (slot + 1) & (this.#table.length - 1);
    }
    const index = this.#vertexCount++;
    if (3 * index === this.#vertices.length) {
      const larger = new Float64Array(6 * index);
      larger.set(this.#vertices);
      this.#vertices = larger;
    }
    this.#vertices.set([px, py, pz], 3 * index);
    this.#table[slot] = index + 1;
    return index;
  }

  /** Adds a triangle by its vertices; not one that has a vertex twice, which is no surface. Whether it was added. */
  triangle(a: number, b: number, c: number): boolean {
    if (a === b || b === c || c === a) return false;
    if (this.#length === this.#triangles.length) {
      const larger = new Int32Array(2 * this.#length);
      larger.set(this.#triangles);
      this.#triangles = larger;
    }
    this.#triangles[this.#length++] = a;
    this.#triangles[this.#length++] = b;
    this.#triangles[this.#length++] = c;
    return true;
  }

  /** Adds a flat quadrangle a, b, c, d as two triangles. */
  quadrangle(a: number, b: number, c: number, d: number): void {
    this.triangle(a, b, c);
    this.triangle(a, c, d);
  }

  /** What was gathered. */
  mesh(): TriangleMesh {
    return {
      vertices: this.#vertices.slice(0, 3 * this.#vertexCount),
      triangles: this.#triangles.slice(0, this.#length),
    };
  }

  #slot(x: number, y: number, z: number): number {
    bits.set([x, y, z]);
    let hash = 0;
    for (const word of words) hash = Math.imul(hash ^ word, 0x9e3779b1) ^ (hash >>> 15);
    return (hash ^ (hash >>> 16)) & (this.#table.length - 1);
  }

  #enlargeTable(): void {
    this.#table = new Int32Array(2 * this.#table.length);
    for (let i = 0; i < this.#vertexCount; i++) {
      const [x = 0, y = 0, z = 0] = this.#vertices.subarray(3 * i, 3 * i + 3);
      let slot = this.#slot(x, y, z);
      while (this.#table[slot] !== 0) slot = (slot + 1) & (this.#table.length - 1);
      this.#table[slot] = i + 1;
    }
  }
}

const bits = new Float64Array(3);
const words = new Int32Array(bits.buffer);
