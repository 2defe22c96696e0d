import type { Solid } from '../model/solid.ts';

/** The names of the solids that a solid is made of; none of a solid that is not there. */
export function partNames(solid: Solid | undefined): readonly string[] {
  switch (solid?.type) {
    case 'union':
    case 'subtraction':
    case 'intersection':
      return [solid.first, solid.second];
    case 'multiUnion':
      return solid.nodes.map((node) => node.solid);
    case 'scaledSolid':
    case 'reflectedSolid':
      return [solid.solid];
    default:
      return [];
  }
}
