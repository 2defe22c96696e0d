import type { SensorMap, SensorPlace } from './sensor-map.ts';
import { cylinderOf, unrolledCylinder } from './unrolled-cylinder.ts';
import { wholeSky } from './whole-sky.ts';

/** Unrolls the detector where its sensors lie on a cylinder about z, with or without caps; else a map of directions. */
export function mapSensors(sensors: readonly SensorPlace[]): SensorMap {
  const cylinder = cylinderOf(sensors);
  return cylinder ? unrolledCylinder(sensors, cylinder) : wholeSky(sensors);
}
