import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ReadGdmlOptions, readGdml } from '../src/gdml/read-gdml.ts';
import type { Detector } from '../src/model/detector.ts';

/** What a small GDML file of a test holds besides its world, `World` in the solid `hall` (10 m) of `Air`. */
export interface Parts {
  readonly define?: string;
  readonly materials?: string;
  readonly solids?: string;
  readonly structure?: string;
  readonly world?: string;
  readonly userinfo?: string;
}

/** A small, whole GDML file; `define` begins in line 2, `materials` in line 5, and so on as the text shows. */
export function gdml(parts: Parts): string {
  const {
    define = '',
    materials = '',
    solids = '',
    structure = '',
    world = '',
    userinfo = '',
  } = parts;
  return `<gdml><define>
${define}
</define><materials><material name="Air" Z="7" state="gas"><D value="1.2" unit="mg/cm3"/><atom value="14"/></material>
${materials}
</materials><solids><box name="hall" x="10" y="10" z="10" lunit="m"/>
${solids}
</solids><structure>
${structure}
<volume name="World"><materialref ref="Air"/><solidref ref="hall"/>${world}</volume>
</structure>${userinfo}<setup name="Default" version="1.0"><world ref="World"/></setup></gdml>`;
}

/** Reads a small GDML file, as `test.gdml`. */
export function read(parts: Parts, options: Partial<ReadGdmlOptions> = {}): Detector {
  return readGdml(gdml(parts), { file: 'test.gdml', ...options });
}

/** The path of a fixture. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
}

/** The names of the GDML fixtures. */
export const fixtureNames: readonly string[] = readdirSync(fixture('.')).filter((name) =>
  name.endsWith('.gdml'),
);

const shared = fileURLToPath(new URL('../../../../shared/', import.meta.url));

/** The GDML files beside the repository, by a short name; empty where they are not there. */
export function sharedFiles(): { name: string; path: string }[] {
  const data = `${shared}data/gdml`;
  if (!existsSync(data)) return [];
  const files = readdirSync(data).filter((name) => name.endsWith('.gdml'));
  const references = ['watertank', 'scintball', 'bigball'];
  return [
    ...files.map((name) => ({ name, path: `${data}/${name}` })),
    ...references.map((name) => ({ name, path: `${shared}reference/${name}/geometry.gdml` })),
  ].filter(({ path }) => existsSync(path));
}

/** What two readings of the same detector must agree in: rotations to 1e-14, all else exactly. */
export function comparable(detector: Detector): unknown {
  const { places: _places, warnings: _warnings, ...rest } = detector;
  return JSON.parse(
    JSON.stringify(rest, (key, value: unknown) => {
      if (value instanceof Map) return Object.fromEntries(value);
      if (value instanceof Float64Array) return Array.from(value);
      if (key === 'rotation' && Array.isArray(value))
        return value.map((x: number) => Math.round(x * 1e14) / 1e14 + 0);
      return value;
    }),
  );
}
