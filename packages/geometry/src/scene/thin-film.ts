import { GeometryError } from '../errors.ts';
import type { OpticalSurface } from '../model/surface.ts';
import { mostFilmLayers } from '../optical-property-names.ts';
import type { FilmLayer, SurfaceFilm } from './film.ts';
import {
  constantOf,
  notNegative,
  positive,
  requiredOf,
  type TableOwner,
  tableOf,
  type ValueRule,
} from './optical-values.ts';

/**
 * A stack of layers by the properties THINFILM_*, between two materials that have RINDEX. [TAB13]
 *
 * @throws GeometryError where it is not whole, or the surface is not smooth and bare
 */
export function thinFilm(surface: OpticalSurface, owner: TableOwner): SurfaceFilm {
  refuseUnfit(surface, owner);
  const count = requiredOf(
    constantOf(owner, 'THINFILM_LAYERS', layerNumber(mostFilmLayers)),
    owner,
    'THINFILM_LAYERS',
  );
  refuseBeyond(count, owner);
  const layers = Array.from({ length: count }, (_, i) => layer(i + 1, owner));
  const absorbing = layers.findLastIndex(absorbs);
  const cathode = constantOf(owner, 'THINFILM_CATHODE', layerNumber(count));
  const chosen = cathode === undefined ? Math.max(0, absorbing) : cathode - 1;
  const film = { kind: 'thinFilm', layers, cathode: chosen, frustrated: true } as const;
  const detects = detecting.some((name) =>
    owner.properties.tables.get(name)?.values.some((value) => value > 0),
  );
  if (!detects || absorbs(layers[chosen])) return { ...film, warnings: [] };
  const warning = `layer ${chosen + 1} is the photocathode and absorbs nothing (THINFILM_KINDEX${chosen + 1}): nothing is detected.`;
  return { ...film, warnings: [warning] };
}

const detecting = ['EFFICIENCY', 'THINFILM_QE'] as const;

function absorbs(given: FilmLayer | undefined): boolean {
  return given?.extinction?.values.some((k) => k > 0) ?? false;
}

function layer(number: number, owner: TableOwner): FilmLayer {
  const name = `THINFILM_RINDEX${number}`;
  const thickness = `THINFILM_THICKNESS${number}`;
  return {
    index: requiredOf(tableOf(owner, name, positive), owner, name),
    extinction: tableOf(owner, `THINFILM_KINDEX${number}`, notNegative),
    thickness: requiredOf(constantOf(owner, thickness, notNegative), owner, thickness),
  };
}

function layerNumber(most: number): ValueRule {
  return {
    expected: `a whole number from 1 to ${most}`,
    accepts: (value) => Number.isInteger(value) && value >= 1 && value <= most,
  };
}

/** Properties of layers that there are not: the number or a name is wrong. */
function refuseBeyond(count: number, owner: TableOwner): void {
  for (const name of [...owner.properties.tables.keys(), ...owner.properties.constants.keys()]) {
    const number = /^THINFILM_(?:RINDEX|KINDEX|THICKNESS)(\d+)$/.exec(name)?.[1];
    if (number === undefined || Number(number) <= count) continue;
    throw new GeometryError({
      what: 'a thin film has a property of a layer that it does not have',
      where: owner.where,
      given: `${name}, THINFILM_LAYERS ${count}`,
    });
  }
}

/** A film says itself what is reflected, passes and is absorbed; its sides are smooth. */
function refuseUnfit({ type, finish }: OpticalSurface, owner: TableOwner): void {
  const { tables, constants } = owner.properties;
  const unlike = (name: string, value: number): boolean =>
    tables.get(name)?.values.some((other) => other !== value) ?? false;
  const unfit = [
    ...(type === 'dielectric_dielectric' ? [] : [`type ${type}`]),
    ...(finish === 'polished' ? [] : [`finish ${finish}`]),
    ...(unlike('REFLECTIVITY', 1) ? ['REFLECTIVITY'] : []),
    ...(unlike('TRANSMITTANCE', 0) ? ['TRANSMITTANCE'] : []),
    ...(constants.get('SURFACEROUGHNESS') ? ['SURFACEROUGHNESS'] : []),
    ...(tables.has('REALRINDEX') && tables.has('IMAGINARYRINDEX') ? ['REALRINDEX'] : []),
    ...(detecting.every((name) => tables.has(name)) ? [detecting.join(' and ')] : []),
  ];
  if (unfit.length === 0) return;
  throw new GeometryError({
    what: 'a thin film (THINFILM_LAYERS) on a surface that cannot have one',
    where: owner.where,
    given: unfit.join(', '),
    expected:
      'type dielectric_dielectric, finish polished, neither REFLECTIVITY nor TRANSMITTANCE, and one of EFFICIENCY and THINFILM_QE',
  });
}
