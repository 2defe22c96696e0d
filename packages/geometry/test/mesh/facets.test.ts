import type { Vector3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { GeometryError } from '../../src/errors.ts';
import { facetMesh } from '../../src/mesh/facet-mesh.ts';
import { meshVolume } from '../../src/mesh/triangle-mesh.ts';
import { ballFacets, boxFacets, shifted, turnedOver } from '../solids/mesh-solids.ts';

type Facets = readonly (readonly Vector3[])[];
const where = '<tessellated name="t">';
const box = boxFacets([1, 2, 3]);
const volume = (facets: Facets): number => meshVolume(facetMesh(facets, where).mesh);

describe('[MESH2] facets', () => {
  test('a box of six quadrangles', () => {
    const { mesh, warning } = facetMesh(box, where);
    expect(mesh.triangles).toHaveLength(36);
    expect(mesh.vertices).toHaveLength(24);
    expect(meshVolume(mesh)).toBeCloseTo(48, 12);
    expect(warning).toBeUndefined();
  });

  test('open: the facet and the edge are named', () => {
    const open = box.slice(0, 5);
    expect(() => facetMesh(open, where)).toThrow(GeometryError);
    expect(() => facetMesh(open, where)).toThrow(
      /<tessellated name="t"> is not closed: facet \d has an edge that no other facet has: given the edge \(.*\) to \(.*\) mm, one of 4 such/,
    );
  });

  test('one facet faces inwards: it is named', () => {
    const odd = box.map((facet, i) => (i === 3 ? facet.toReversed() : facet));
    expect(() => facetMesh(odd, where)).toThrow(
      /is not oriented: facet \d and its neighbour face different ways: given the edge/,
    );
  });

  test('a facet twice', () => {
    expect(() => facetMesh([...box, box[2] as Vector3[]], where)).toThrow(/is not/);
  });

  test('corners that are not finite', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const facets = box.map((facet, i) => (i === 4 ? [[0, value, 0] as const, ...facet] : facet));
      expect(() => facetMesh(facets, where)).toThrow(
        'facet 5 of <tessellated name="t"> has a corner that is not finite',
      );
    }
  });

  test('facets without area do no harm', () => {
    const [a, b, c] = ballFacets(0)[0] as [Vector3, Vector3, Vector3];
    const middle = a.map((x, i) => (x + (b[i] ?? 0)) / 2) as unknown as Vector3;
    // A corner on an edge of the neighbour: a facet without area closes the seam.
    const split = [
      [a, middle, c],
      [middle, b, c],
      [a, b, middle],
      [a, a, b],
      ...ballFacets(0).slice(1),
    ];
    expect(volume(split)).toBeCloseTo(volume(ballFacets(0)), 6);
  });

  test('vertices that rounding has parted are joined, others are not', () => {
    const jitter = (size: number): Facets =>
      box.map((facet, i) =>
        facet.map((corner) => corner.map((x, k) => x + size * Math.sin(7 * i + k)) as never),
      );
    expect(volume(jitter(1e-10))).toBeCloseTo(48, 6);
    expect(() => volume(jitter(1e-6))).toThrow(/is not closed/);
  });

  test('flat: no volume', () => {
    const flat = box.map((facet) => facet.map(([x, y]): Vector3 => [x, y, 0]));
    expect(() => facetMesh(flat, where)).toThrow(/encloses no volume/);
  });

  test('a hollow quadrangle is parted inside', () => {
    const outline: Vector3[] = [
      [0, 0, 0],
      [20, 0, 0],
      [5, 5, 0],
      [0, 20, 0],
    ];
    const up = outline.map(([x, y]): Vector3 => [x, y, 10]);
    const sides = outline.map((a, i): Vector3[] => {
      const next = (i + 1) % 4;
      return [a, outline[next] ?? a, up[next] ?? a, up[i] ?? a];
    });
    expect(volume([outline.toReversed(), up, ...sides])).toBeCloseTo(1000, 9);
  });
});

describe('[MESH3] inside out', () => {
  const inner = ballFacets(2, () => 10);
  const outer = ballFacets(2, () => 50);
  const hollow = [...outer, ...turnedOver(inner)];
  const far = shifted(inner, [100, 0, 0]);

  test('all of it', () => {
    const { mesh, warning } = facetMesh(turnedOver(box), where);
    expect(meshVolume(mesh)).toBeCloseTo(48, 12);
    expect(warning).toBe(
      '<tessellated name="t"> is inside out: its facets face inwards. They were turned over.',
    );
  });

  test('the wall of a hollow stays', () => {
    expect(facetMesh(hollow, where).warning).toBeUndefined();
    expect(volume(hollow)).toBeCloseTo(volume(outer) - volume(inner), 6);
    expect(volume(turnedOver(hollow))).toBeCloseTo(volume(hollow), 6);
  });

  test('one part beside another', () => {
    const { mesh, warning } = facetMesh([...outer, ...turnedOver(far)], where);
    expect(meshVolume(mesh)).toBeCloseTo(volume(outer) + volume(inner), 6);
    expect(warning).toContain('the facets of a part of it face inwards');
  });
});
