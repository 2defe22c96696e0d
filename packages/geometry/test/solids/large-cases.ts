import { RandomStream, type Vector3 } from '@lantern/units';
import type { Solid } from '../../src/model/solid.ts';
import { at, box, combined, many, orb, type SolidCase, tube } from './solid-case.ts';

/** A plate of so many holes, each of its own subtraction. */
export function drilledPlate(holes: number): SolidCase {
  const across = Math.ceil(Math.sqrt(holes));
  const list: Solid[] = [tube('hole', 0, 3.5, 30), box('plate0', 10 * across, 10 * across, 20)];
  for (let i = 1; i <= holes; i++) {
    const place = (n: number): number => 10 * n + 5 - 5 * across;
    const where = at([place((i - 1) % across), place(Math.floor((i - 1) / across)), 0]);
    list.push(combined('subtraction', `plate${i}`, `plate${i - 1}`, 'hole', where));
  }
  return many(`plate of ${holes} holes`, list);
}

/** Places in a cube of so many things about 10 mm apart. */
function places(count: number): Vector3[] {
  const random = new RandomStream(5, 5);
  const side = 10 * Math.cbrt(count);
  const one = (): number => side * (random.uniform() - 0.5);
  return Array.from({ length: count }, () => [one(), one(), one()]);
}

/** A union of so many balls at random places, by nested unions of two. */
export function balls(count: number): SolidCase {
  const list: Solid[] = [orb('o', 4)];
  const join = (part: readonly Vector3[]): { name: string; where: Vector3 } => {
    const [first] = part;
    if (part.length === 1 && first) return { name: 'o', where: first };
    const half = part.length >> 1;
    const [a, b] = [join(part.slice(0, half)), join(part.slice(half))];
    const name = `u${list.length}`;
    list.push({
      ...combined('union', name, a.name, b.name, at(b.where)),
      firstTransform: at(a.where),
    } as Solid);
    return { name, where: [0, 0, 0] };
  };
  join(places(count));
  return many(`union of ${count} balls`, list);
}

/** The same as one multi-union. */
export function multiUnion(count: number): SolidCase {
  const nodes = places(count).map((where, i) => ({
    name: `n${i}`,
    solid: 'o',
    transform: at(where),
  }));
  return many(`multi-union of ${count} balls`, [
    orb('o', 4),
    { type: 'multiUnion', name: 's', nodes },
  ]);
}
