import type { Solid } from '../../src/model/solid.ts';
import { at, box, combined, many, orb, type SolidCase, tube, turn } from './solid-case.ts';

const cone = (
  rmin1: number,
  rmax1: number,
  rmin2: number,
  rmax2: number,
  startphi = 0,
  deltaphi = turn,
): Solid => ({ type: 'cone', name: 's', rmin1, rmax1, rmin2, rmax2, z: 80, startphi, deltaphi });
const bulb = [
  { type: 'ellipsoid', name: 'bulb', ax: 100, by: 100, cz: 76, zcut1: 0, zcut2: 0 } as Solid,
  tube('neck', 0, 42, 100),
];

export const booleans: readonly SolidCase[] = [
  many('photomultiplier', [...bulb, combined('union', 's', 'bulb', 'neck', at([0, 0, -80]))]),
  many('photomultiplier, hollow', [
    ...bulb,
    combined('union', 'outer', 'bulb', 'neck', at([0, 0, -80])),
    { type: 'ellipsoid', name: 'bulb2', ax: 97, by: 97, cz: 73, zcut1: 0, zcut2: 0 },
    tube('neck2', 0, 39, 97),
    combined('union', 'inner', 'bulb2', 'neck2', at([0, 0, -80])),
    combined('subtraction', 's', 'outer', 'inner'),
  ]),
  many(
    'L of two touching boxes',
    [
      box('a', 40, 20, 20),
      box('b', 20, 40, 20),
      combined('union', 's', 'a', 'b', at([-10, 30, 0])),
    ],
    32_000,
  ),
  many('two turned boxes', [
    box('a', 40, 20, 20),
    box('b', 20, 40, 30),
    combined('union', 's', 'a', 'b', at([5, 6, 7], [0.3, 0.4, 0.5])),
  ]),
  many('box with a turned hole', [
    box('a', 40, 40, 40),
    tube('b', 0, 10, 100),
    combined('subtraction', 's', 'a', 'b', at([1, 2, 3], [0.3, 0.4, 0.5])),
  ]),
  many(
    'box with a hole that ends at its faces',
    [box('a', 40, 40, 40), tube('b', 0, 10, 40), combined('subtraction', 's', 'a', 'b')],
    64_000 - 4000 * Math.PI,
  ),
  many(
    'box in a box, open at a face',
    [
      box('a', 40, 40, 40),
      box('b', 30, 30, 35),
      combined('subtraction', 's', 'a', 'b', at([0, 0, 2.5])),
    ],
    64_000 - 31_500,
  ),
  many('lens of two orbs', [
    orb('a', 50),
    orb('b', 60),
    combined('intersection', 's', 'a', 'b', at([0, 0, 80])),
  ]),
  many(
    'turned box, touching itself turned',
    [
      box('a', 20, 20, 20),
      {
        ...combined('union', 'b', 'a', 'a', at([20, 0, 0])),
        firstTransform: at([0, 0, 0]),
      } as Solid,
      {
        ...combined(
          'union',
          's',
          'b',
          'b',
          at([3, 20 * Math.cos(0.4), 20 * Math.sin(0.4)], [0.4, 0, 0]),
        ),
        firstTransform: at([3, 0, 0], [0.4, 0, 0]),
      } as Solid,
    ],
    32_000,
  ),
  many('upside down and moved along z', [
    cone(10, 50, 5, 20),
    { ...cone(0, 20, 0, 50), name: 'c' } as Solid,
    { type: 'trd', name: 't', x1: 60, x2: 10, y1: 40, y2: 20, z: 80 },
    tube('n', 0, 10, 30),
    orb('o', 15),
    combined('union', 'u1', 's', 'c', at([0, 0, 100], [Math.PI, 0, 0.3])),
    combined('union', 'u2', 'u1', 't', at([10, 20, -120], [2.5, 0.1, 0.2])),
    combined('union', 'u3', 'u2', 'n', at([0, 0, 160], [0, Math.PI, 0])),
    combined('union', 'whole', 'u3', 'o', at([0, 80, 0], [1, 2, 3])),
  ]),
  many(
    'subtraction from nothing left',
    [
      box('a', 20, 20, 20),
      orb('b', 40),
      combined('subtraction', 'nothing', 'a', 'b'),
      combined('union', 's', 'nothing', 'a', at([30, 0, 0])),
    ],
    8000,
  ),
];

/** A comb: a union of so many boxes, each by its own boolean. */
export function comb(teeth: number): SolidCase {
  const list: Solid[] = [box('tooth', 1, 10, 10), box('comb0', 1, 10, 10)];
  for (let i = 1; i < teeth; i++) {
    list.push(combined('union', `comb${i}`, `comb${i - 1}`, 'tooth', at([2 * i, 0, 0])));
  }
  return many(`comb of ${teeth}`, list, 100 * teeth);
}

/** The same, with the deep operand second. */
export function combFromRight(teeth: number): SolidCase {
  const list: Solid[] = [box('tooth', 1, 10, 10), box('comb0', 1, 10, 10)];
  for (let i = 1; i < teeth; i++) {
    list.push(combined('union', `comb${i}`, 'tooth', `comb${i - 1}`, at([2, 0, 0])));
  }
  return many(`comb of ${teeth} from the right`, list, 100 * teeth);
}
