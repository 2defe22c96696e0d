import { classicFinishes, surfaceFlags, surfaceTypes } from '@lantern/geometry';
import type { Feature } from './feature-stubs.ts';
import type { PackedScene } from './packed-scene.ts';

/** A surface, as meetSurface() of boundary.ts asks for it. */
interface Surface {
  readonly type: (typeof surfaceTypes)[number];
  /** Undefined: of a look-up table. */
  readonly finish: (typeof classicFinishes)[number] | undefined;
  readonly isRough: boolean;
  readonly hasFilm: boolean;
  readonly hasComplexIndex: boolean;
}

/** What the surfaces need: the ways of meetSurface(), meetFilm() and meetTable() of boundary.ts. */
export function* surfaceFeatures(scene: PackedScene): Iterable<Feature> {
  const field = (name: string): ((i: number) => number) => scene.field('surface', name);
  const [type, finish, film] = [field('type'), field('finish'), field('film')];
  const [roughness, flags] = [field('roughness'), field('flags')];
  for (let i = 0; i < scene.count('surface'); i++) {
    yield 'surfaces';
    yield* featuresOf({
      type: surfaceTypes[type(i)] as Surface['type'],
      finish: classicFinishes[finish(i)],
      isRough: roughness(i) !== 0,
      hasFilm: film(i) >= 0,
      hasComplexIndex: (flags(i) & surfaceFlags.complexIndex) !== 0,
    });
  }
}

function featuresOf(surface: Surface): readonly Feature[] {
  const { type, hasFilm, hasComplexIndex } = surface;
  if (hasFilm) {
    if (type === 'dielectric_metal') return ['films', 'metal with an index', 'facets'];
    if (hasComplexIndex)
      return ['films', 'index as reflectivity', 'facets', ...withoutFilm(surface)];
    return type === 'coated' ? ['films', 'coated', 'facets'] : ['films', 'thin film'];
  }
  return withoutFilm(surface);
}

function withoutFilm(surface: Surface): readonly Feature[] {
  const { type, finish, isRough } = surface;
  switch (type) {
    case 'dielectric_LUT':
      return ['tables', 'lbnl'];
    case 'dielectric_LUTDAVIS':
      return ['tables', 'davis'];
    case 'dielectric_dichroic':
      return ['tables', 'dichroic', 'facets'];
    case 'dielectric_metal':
      return finish === 'polished' ? ['metal'] : ['metal', 'facets'];
  }
  if (finish === 'polishedfrontpainted' || finish === 'groundfrontpainted') return [];
  return finish === 'polished' && !isRough ? [] : ['ground', 'facets'];
}
