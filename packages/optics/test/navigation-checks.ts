import type { Detector } from '@lantern/geometry';
import { packScene } from '@lantern/geometry';
import {
  add,
  apply,
  cross,
  dot,
  length,
  normalize,
  perpendicular,
  type RandomStream,
  rotationAbout,
  sampleIsotropic,
  scale,
  subtract,
  type Vector3,
} from '@lantern/units';
import { NavigationKernel } from './navigation-kernel.ts';
import { SlowTracker } from './slow-tracker.ts';

/** Points nearer than this to a boundary are not compared, mm. */
const margin = 1e-6;

/** A ray of the world: unit direction. */
export interface Ray {
  readonly at: Vector3;
  readonly to: Vector3;
}

/** What is wrong with the navigation of a ray, in words; and what was done. */
export interface Findings {
  rays: number;
  steps: number;
  compared: number;
  readonly wrong: string[];
}

/** A detector in the kernel and in the slow tracker. */
export class Course {
  readonly kernel: NavigationKernel;
  /** Packed. */
  readonly scene: ArrayBuffer;
  readonly tracker: SlowTracker;
  readonly half: Vector3;
  readonly findings: Findings = { rays: 0, steps: 0, compared: 0, wrong: [] };
  readonly #detector: Detector;

  constructor(detector: Detector) {
    this.#detector = detector;
    this.scene = packScene(detector).buffer;
    this.kernel = new NavigationKernel(this.scene);
    this.tracker = new SlowTracker(detector);
    const world = detector.solids.get(detector.volumes.get(detector.world)?.solid ?? '');
    if (world?.type !== 'box') throw new Error('the world is a box');
    this.half = [world.x / 2, world.y / 2, world.z / 2];
  }

  #wrong(what: string, ray: Ray): void {
    this.findings.wrong.push(`${what}; ray at [${ray.at}] to [${ray.to}]`);
  }

  /** Follows a ray straight through, and compares each step, and `samples` points, with the slow tracker. */
  straight(ray: Ray, samples: number, random: RandomStream): void {
    const { exports } = this.kernel;
    this.findings.rays++;
    if (exports.navigateFrom(...ray.at, ...ray.to) < 0) {
      if (this.tracker.nodeAt(ray.at) >= 0) this.#wrong('lost at the start', ray);
      return;
    }
    const ends: number[] = [];
    const nodes: number[] = [];
    let t = 0;
    let idle = 0;
    for (;;) {
      nodes.push(this.kernel.node);
      const way = exports.navigateOn(Number.POSITIVE_INFINITY);
      t += way;
      ends.push(t);
      idle = way > 1e-7 ? 0 : idle + 1;
      if (idle > 12) {
        this.#wrong(`stuck after ${t} mm at node ${this.kernel.node}`, ray);
        return;
      }
      if (!Number.isFinite(t)) {
        this.#wrong('no end', ray);
        return;
      }
      if (exports.navigateLook() < 0) break;
      exports.navigateCross();
    }
    this.findings.steps += ends.length;
    const path = this.#pathToEdge(ray);
    const end = add(ray.at, scale(ray.to, t));
    const depth = Math.max(...end.map((x, axis) => Math.abs(x) - (this.half[axis] ?? 0)));
    // Along a face of the world the path is not known better than that.
    if (Math.abs(depth) > 1e-8 && Math.abs(t - path) > 2e-7)
      this.#wrong(`${t} mm to the edge instead of ${path}`, ray);
    let start = 0;
    ends.forEach((end, i) => {
      if (end - start > 4 * margin) this.#compare((start + end) / 2, nodes[i] ?? -1, ray);
      start = end;
    });
    for (let i = 0; i < samples; i++) {
      const s = random.uniform() * path;
      this.#compare(s, nodes[ends.findIndex((end) => end > s)] ?? -1, ray);
    }
  }

  #pathToEdge({ at, to }: Ray): number {
    return Math.min(
      ...to.map((d, axis) =>
        d === 0
          ? Number.POSITIVE_INFINITY
          : (Math.sign(d) * (this.half[axis] ?? 0) - (at[axis] ?? 0)) / d,
      ),
    );
  }

  #compare(t: number, node: number, ray: Ray): void {
    const point = add(ray.at, scale(ray.to, t));
    this.findings.compared++;
    if (this.tracker.nodeAt(point) === node) return;
    const near = this.tracker.nodesNear(point, margin);
    if (near.size > 1) return;
    const [really = -1] = near;
    this.#wrong(
      `${t} mm along the ray node ${this.#name(node)} instead of ${this.#name(really)}`,
      ray,
    );
  }

  #name(node: number): string {
    const volume = this.tracker.volumes[node] ?? '';
    const solid = this.#detector.solids.get(this.#detector.volumes.get(volume)?.solid ?? '');
    return `${node} (${volume} ${solid?.type})`;
  }

  /** A photon that turns at random in volumes and at boundaries, so many steps: always where the kernel says. */
  wander(ray: Ray, steps: number, random: RandomStream): void {
    const { kernel, tracker } = this;
    const { exports } = kernel;
    this.findings.rays++;
    if (exports.navigateFrom(...ray.at, ...ray.to) < 0) return;
    let idle = 0;
    for (let i = 0; i < steps; i++) {
      this.findings.steps++;
      const before = kernel.position;
      const direction = kernel.direction;
      const node = kernel.node;
      const limit = random.uniform() < 0.1 ? random.uniform() * 200 : Number.POSITIVE_INFINITY;
      const way = exports.navigateOn(limit);
      const where: Ray = {
        at: tracker.toWorld(node, before),
        to: tracker.directionToWorld(node, direction),
      };
      if (!(way >= 0 && way < 1e5)) {
        this.#wrong(`a way of ${way} mm`, where);
        return;
      }
      idle = way > 1e-7 ? 0 : idle + 1;
      if (idle > 60) {
        this.#wrong(`stuck in node ${this.#name(node)}`, where);
        return;
      }
      if (way > 4 * margin) this.#compare(way * random.uniform(), node, where);
      if (way === limit) {
        exports.navigateTurn(...sampleIsotropic(random));
        continue;
      }
      const far = exports.navigateLook();
      const n = kernel.normal;
      const cosine = dot(n, direction);
      if (!(cosine <= 0) || Math.abs(length(n) - 1) > 1e-9) {
        this.#wrong(`a normal [${n}] after ${way} mm in node ${this.#name(node)}`, where);
        return;
      }
      const fate = random.uniform();
      if (far < 0 || fate < 0.35) {
        // A mirror, or a white wall, sometimes at a flat angle.
        const flat = random.uniform() < 0.2 ? 10 ** (-9 * random.uniform()) : 1;
        const out =
          fate < 0.2
            ? normalize(subtract(direction, scale(n, 2 * cosine)))
            : normalize(add(scale(n, flat), scale(lambert(n, random), 1 + 1e-9)));
        exports.navigateTurn(...(dot(out, n) > 0 ? out : n));
        continue;
      }
      if (fate < 0.6) {
        // Refraction, of any strength.
        const tangent = subtract(direction, scale(n, cosine));
        const bent = scale(tangent, 2 * random.uniform());
        const square = dot(bent, bent);
        if (square < 1) {
          const d = normalize(add(bent, scale(n, -Math.sqrt(1 - square))));
          exports.navigateTurn(...d);
        }
      }
      const here = tracker.toWorld(node, kernel.position);
      exports.navigateCross();
      const there = tracker.toWorld(kernel.node, kernel.position);
      if (length(subtract(here, there)) > 1e-9) {
        this.#wrong(`moved from [${here}] to [${there}] by crossing`, where);
        return;
      }
      if (kernel.node !== far) {
        this.#wrong(`node ${kernel.node} instead of ${far}`, where);
        return;
      }
    }
  }

  /** Points on faces of daughters: where a line from inside one leaves it, by halving. */
  faces(count: number, random: RandomStream): Vector3[] {
    const found: Vector3[] = [];
    for (let i = 0; i < 50 * count && found.length < count; i++) {
      let [inner, outer] = [this.anywhere(random), this.anywhere(random)];
      const node = this.tracker.nodeAt(inner);
      if (this.tracker.nodeAt(outer) === node) continue;
      for (let k = 0; k < 60; k++) {
        const middle = scale(add(inner, outer), 0.5);
        if (this.tracker.nodeAt(middle) === node) inner = middle;
        else outer = middle;
      }
      found.push(inner);
    }
    return found;
  }

  /** Corners of the daughters that are boxes, in the world, with an axis of theirs. */
  corners(random: RandomStream, count: number): Ray[] {
    const boxes: number[] = [];
    this.tracker.volumes.forEach((volume, node) => {
      if (
        this.#detector.solids.get(this.#detector.volumes.get(volume)?.solid ?? '')?.type === 'box'
      )
        boxes.push(node);
    });
    return Array.from({ length: count }, () => {
      const node = boxes[Math.floor(random.uniform() * boxes.length)] ?? 0;
      const solid = this.#detector.solids.get(
        this.#detector.volumes.get(this.tracker.volumes[node] ?? '')?.solid ?? '',
      );
      if (solid?.type !== 'box') throw new Error('a box');
      const sign = (): number => (random.uniform() < 0.5 ? -0.5 : 0.5);
      const local: Vector3 = [sign() * solid.x, sign() * solid.y, sign() * solid.z];
      const axis = Math.floor(3 * random.uniform());
      const along: Vector3 = [axis === 0 ? 1 : 0, axis === 1 ? 1 : 0, axis === 2 ? 1 : 0];
      return {
        at: this.tracker.toWorld(node, local),
        to: this.tracker.directionToWorld(node, along),
      };
    });
  }

  anywhere(random: RandomStream): Vector3 {
    return this.half.map((h) => h * (2 * random.uniform() - 1)) as unknown as Vector3;
  }

  /** Rays of all kinds: at will, along the axes, from faces and along them, through corners and along edges. */
  rays(count: number, random: RandomStream): Ray[] {
    const rays: Ray[] = [];
    const axes: Vector3[] = [
      [1, 0, 0],
      [-1, 0, 0],
      [0, 1, 0],
      [0, -1, 0],
      [0, 0, 1],
      [0, 0, -1],
    ];
    const axis = (): Vector3 => axes[Math.floor(6 * random.uniform())] as Vector3;
    const faces = this.faces(Math.ceil(count / 8), random);
    const corners = this.corners(random, Math.ceil(count / 8));
    const back = (at: Vector3, to: Vector3): Ray => {
      const t = this.#pathToEdge({ at, to: scale(to, -1) }) * random.uniform();
      return { at: this.#clamped(subtract(at, scale(to, t))), to };
    };
    for (let i = 0; rays.length < count; i++) {
      const d = sampleIsotropic(random);
      rays.push({ at: this.anywhere(random), to: d }, { at: this.anywhere(random), to: axis() });
      const face = faces[i % Math.max(1, faces.length)];
      if (face) {
        rays.push({ at: face, to: d }, { at: face, to: axis() }, back(face, d));
        const next = faces[(i + 1) % faces.length];
        if (next && length(subtract(next, face)) > 1)
          rays.push({ at: face, to: normalize(subtract(next, face)) });
      }
      const corner = corners[i % corners.length];
      const other = corners[(7 * i + 1) % corners.length];
      if (corner && other) {
        rays.push(
          { at: this.#clamped(corner.at), to: d },
          back(corner.at, d),
          back(corner.at, corner.to),
        );
        rays.push({ at: this.#clamped(corner.at), to: corner.to });
        const flat = normalize(
          add(corner.to, scale(perpendicular(corner.to), 10 ** (-14 * random.uniform()))),
        );
        rays.push(back(corner.at, flat));
        const edge = apply(
          rotationAbout(corner.to, Math.floor(8 * random.uniform()) * (Math.PI / 4)),
          perpendicular(corner.to),
        );
        rays.push(back(corner.at, normalize(edge)));
        if (length(subtract(other.at, corner.at)) > 1)
          rays.push(back(corner.at, normalize(subtract(other.at, corner.at))));
      }
    }
    return rays.slice(0, count);
  }

  #clamped(at: Vector3): Vector3 {
    return at.map((x, k) =>
      Math.max(-(this.half[k] ?? 0), Math.min(this.half[k] ?? 0, x)),
    ) as unknown as Vector3;
  }
}

/** A direction about the normal, towards its side. */
function lambert(n: Vector3, random: RandomStream): Vector3 {
  const d = sampleIsotropic(random);
  const side = cross(n, d);
  return length(side) > 0 ? normalize(side) : perpendicular(n);
}
