import type { Scene } from './scene.ts';

/** SHA-256 of the packed scene, hexadecimal: two detectors with the same hash propagate photons alike. */
export async function hashScene(scene: Scene): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', scene.buffer);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
