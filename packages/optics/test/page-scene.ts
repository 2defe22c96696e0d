import type { Scene } from '@lantern/geometry';
import type { ExtraPages } from './static-server.ts';

/** What `loadScene` fetches on a page: the packed scene, and the rest of it but its methods. */
export function servedScene(name: string, scene: Scene): ExtraPages {
  const { buffer, shiftNumbers, ...facts } = scene;
  return {
    [`/${name}.scene`]: new Uint8Array(buffer),
    [`/${name}.json`]: JSON.stringify({ ...facts, shiftNumbers: [...shiftNumbers] }),
  };
}

/** For the script of a page: `loadScene(name)` gives a promise of the scene. */
export const loadSceneScript = `
const loadScene = async (name) => {
  const buffer = await (await fetch('/' + name + '.scene')).arrayBuffer();
  const { shiftNumbers, ...facts } = await (await fetch('/' + name + '.json')).json();
  return { ...facts, buffer, shiftNumbers: new Map(shiftNumbers) };
};`;
