import { type Feature, featureStubs } from './feature-stubs.ts';
import { materialFeatures } from './material-features.ts';
import type { PackedScene } from './packed-scene.ts';
import { solidFeatures } from './solid-features.ts';
import { surfaceFeatures } from './surface-features.ts';

/** What a scene has of what the kernel can do. */
export function sceneFeatures(scene: PackedScene): ReadonlySet<Feature> {
  return new Set([
    ...solidFeatures(scene),
    ...volumeFeatures(scene),
    ...materialFeatures(scene),
    ...surfaceFeatures(scene),
  ]);
}

function* volumeFeatures(scene: PackedScene): Iterable<Feature> {
  const hierarchy = scene.field('volume', 'hierarchy');
  for (let i = 0; i < scene.count('volume'); i++) if (hierarchy(i) >= 0) yield 'hierarchy';
}

/**
 * What stands as a stub in the kernel's text (`stubs` of assemble-kernel.ts) for a scene and a source that have these
 * features and no others.
 */
export function stubsWithout(features: ReadonlySet<Feature>): readonly string[] {
  return Object.entries(featureStubs).flatMap(([feature, stubs]) =>
    features.has(feature as Feature) ? [] : stubs,
  );
}
