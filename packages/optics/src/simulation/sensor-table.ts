import type { Scene } from '@lantern/geometry';

/**
 * sensors.json: one object for each sensor in the order of its identity, which counts from 1: `identity`, `path`,
 * `copyNumbers`, `position` (mm) and `direction`, both in the world. One line each.
 */
export function formatSensors(scene: Scene): string {
  const lines = Array.from(scene.sensors(), (sensor) => JSON.stringify(sensor));
  return lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`;
}
