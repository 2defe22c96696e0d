import type { Solid } from '@lantern/geometry';
import {
  dot,
  type Matrix3,
  normalize,
  RandomStream,
  rotationAbout,
  sampleIsotropic,
  scale,
  subtract,
  type Vector3,
} from '@lantern/units';
import type { PhotonSource } from '../sources/photon-source.ts';
import { photonsOf } from './photon-rows.ts';
import { box, type Optics, type Piece } from './small-detector.ts';

/** A thing on show: a solid, and what it is made of and covered with. */
export interface Exhibit {
  readonly name: string;
  readonly solid: string;
  readonly material: string;
  readonly skin?: string;
}

/** Between the middles of two exhibits, mm; each is in a cube of this side. */
const galleryPitch = 110;

/** What fills a gallery: its room, and the hall about it. */
export const galleryMaterials: Readonly<Record<string, Optics>> = {
  Hall: { RINDEX: 1, ABSLENGTH: 1e9 },
  Room: {
    RINDEX: [
      [300, 1.35],
      [700, 1.33],
    ],
    ABSLENGTH: 6000,
  },
};

/** White walls: light is spread all over the room. */
export const galleryWall = {
  type: 'dielectric_metal',
  finish: 'ground',
  tables: { REFLECTIVITY: 0.9 },
} as const;

/** The world of a gallery: a room with white walls, exhibits in it in rows, each turned its own way. */
export function gallery(exhibits: readonly Exhibit[]): {
  readonly solids: readonly Solid[];
  readonly world: Piece;
} {
  const [columns, rows, layers] = galleryShape(exhibits.length);
  const [x, y, z] = [columns, rows, layers].map((n) => n * galleryPitch) as unknown as Vector3;
  return {
    solids: [box('hall', x + 20, y + 20, z + 20), box('room', x, y, z)],
    world: {
      // The skin is the hall's: one of the room would be over the exhibits, too.
      ...{ name: 'World', solid: 'hall', material: 'Hall', skin: 'Wall' },
      inside: [
        {
          ...{ name: 'Room', solid: 'room', material: 'Room' },
          inside: exhibits.map((exhibit, i) => ({
            ...exhibit,
            at: placeOf(i, exhibits.length),
            turned: turnOf(i),
          })),
        },
      ],
    },
  };
}

/** Every third stands as it is. */
function turnOf(i: number): Matrix3 {
  return rotationAbout([1, i % 5, 2 + (i % 3)], i % 3 === 0 ? 0 : 0.3 + 0.7 * i);
}

/** Columns, rows and layers that are about as many. */
function galleryShape(count: number): readonly [number, number, number] {
  const columns = Math.max(1, Math.ceil(Math.cbrt(count)));
  const rows = Math.max(1, Math.ceil(Math.sqrt(count / columns)));
  return [columns, rows, Math.max(1, Math.ceil(count / (columns * rows)))];
}

function placeOf(i: number, count: number): Vector3 {
  const [columns, rows, layers] = galleryShape(count);
  const along = (k: number, n: number): number => (k - (n - 1) / 2) * galleryPitch;
  return [
    along(i % columns, columns),
    along(Math.floor(i / columns) % rows, rows),
    along(Math.floor(i / (columns * rows)), layers),
  ];
}

/** Light from between the exhibits, near each in turn, everywhere, at wavelengths from 300 to 700 nm. */
export function galleryLight(photons: number, exhibits: number): PhotonSource {
  return photonsOf(photons, (i) => {
    const random = new RandomStream(4, i, 3);
    const near = placeOf(i % exhibits, exhibits);
    const corner = near.map(
      (x) => x + (random.uniform() < 0.5 ? -0.48 : 0.48) * galleryPitch,
    ) as unknown as Vector3;
    // Towards the exhibit, more or less: every one is met.
    const aim = near.map((x) => x + 30 * (random.uniform() - 0.5)) as unknown as Vector3;
    const direction = normalize(subtract(aim, corner));
    const side = sampleIsotropic(random);
    return {
      position: corner,
      direction,
      polarisation: acrossOf(side, direction),
      wavelength: 300 + 400 * random.uniform(),
    };
  });
}

/** The part of a vector at right angles to a direction, as a unit vector. */
function acrossOf(v: Vector3, along: Vector3): Vector3 {
  return normalize(subtract(v, scale(along, dot(v, along))));
}
