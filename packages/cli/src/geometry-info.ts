import { basename } from 'node:path';
import { describeGeometry, type GeometryInfo, type PropertyInfo } from '@lantern/geometry';
import { readGdmlFile } from '@lantern/geometry/node';
import type { Arguments, Command, Terminal } from './command.ts';
import { alignColumns, counted, shortNumber, textWidth, wrap } from './geometry-text.ts';

/** `lantern geometry info GEOMETRY`: what is in a detector, and what of it Lantern does not use. */
export const geometryInfoCommand: Command = {
  name: 'geometry info',
  summary: 'List the volumes, materials, surfaces and unused properties of a detector.',
  operands: ['GEOMETRY'],
  options: { json: { doc: 'Print it as JSON: whole names, all numbers, mm and nm.' } },
  examples: [
    ['lantern geometry info detector.gdml', 'Tables for people.'],
    ['lantern geometry info detector.gdml --json | jq .counts', 'For programs.'],
  ],
  run,
};

async function run(args: Arguments, { out, columns }: Terminal): Promise<number> {
  const [file = ''] = args.operands;
  const info = describeGeometry(await readGdmlFile(file));
  if (args.has('json')) out(`${JSON.stringify({ file, ...info }, null, 2)}\n`);
  else out(formatInfo(file, info, textWidth(columns)));
  return 0;
}

function formatInfo(file: string, info: GeometryInfo, width: number): string {
  return [
    formatSummary(file, info),
    formatVolumes(info),
    formatTriangles(info),
    formatMaterials(info),
    formatSurfaces(info, width),
    formatNotUsed(info, width),
    formatWarnings(info, width),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function formatSummary(file: string, { world, bounds, counts }: GeometryInfo): string {
  const size = [0, 1, 2]
    .map((i) => shortNumber((bounds.max[i] ?? 0) - (bounds.min[i] ?? 0)))
    .join(' x ');
  return (
    `${basename(file)}: world '${world}', ${size} mm\n` +
    `${counted(counts.nodes, 'placed volume')} (${counted(counts.sensors, 'sensor')}), ` +
    `${counted(counts.depth, 'generation')} deep, of ${counted(counts.volumes, 'logical volume')}, ` +
    `${counted(counts.solids, 'solid')},\n` +
    `${counted(counts.materials, 'material')}, ${counted(counts.surfaces, 'optical surface')}\n`
  );
}

function formatVolumes({ volumes }: GeometryInfo): string {
  const header = ['volume', 'solid', 'material', 'copies', 'daughters', 'skin', ''];
  const rows = volumes.map((v) => [
    ...[v.name, v.solidType, v.material],
    ...[v.copies.toLocaleString('en-US'), v.daughters.toLocaleString('en-US')],
    ...[v.skin ?? '', v.detects ? 'detects' : (v.sensitiveDetector ?? '')],
  ]);
  return `Volumes\n${alignColumns([header, ...rows], ['l', 'l', 'l', 'r', 'r', 'l', 'l'])}`;
}

function formatTriangles({ solidsOfTriangles }: GeometryInfo): string {
  if (solidsOfTriangles.length === 0) return '';
  const header = ['solid', 'type', 'triangles', 'off by at most'];
  const rows = solidsOfTriangles.map(({ name, type, triangles, offBy }) => [
    ...[name, type, triangles.toLocaleString('en-US')],
    offBy === 0 ? 'exact' : `${Number(offBy.toPrecision(2))} mm`,
  ]);
  return `Solids that are met as triangles\n${alignColumns([header, ...rows], ['l', 'l', 'r', 'l'])}`;
}

function formatMaterials({ materials }: GeometryInfo): string {
  const parts = materials.map(({ name, density, state, volumes, number, properties }) => {
    const use =
      number === null ? 'in no volume' : `in ${counted(volumes, 'volume')}, number ${number}`;
    const form = state === 'unknown' ? '' : `, ${state}`;
    const head = `  ${name}: ${shortNumber(density)} g/cm3${form}, ${use}\n`;
    return head + formatProperties(properties);
  });
  return `Materials\n${parts.join('')}`;
}

function formatProperties(properties: readonly PropertyInfo[]): string {
  const rows = properties.map(({ name, unit, points, wavelengths, values: [least, greatest] }) => {
    const value =
      least === greatest ? shortNumber(least) : `${shortNumber(least)} to ${shortNumber(greatest)}`;
    const range = wavelengths ? `${wavelengths.map(shortNumber).join(' to ')} nm` : '';
    return [name, `${value} ${unit}`, points === undefined ? '' : counted(points, 'point'), range];
  });
  return alignColumns(rows, ['l', 'l', 'r', 'l'], '    ');
}

function formatSurfaces({ surfaces }: GeometryInfo, width: number): string {
  if (surfaces.length === 0) return '';
  const parts = surfaces.map((surface) => {
    const { name, model, type, finish, value, properties, skinOf, borders, detects } = surface;
    const what =
      model === 'unified'
        ? `, sigma_alpha ${shortNumber(value)} rad`
        : model === 'glisur'
          ? `, polish ${shortNumber(value)}`
          : '';
    const [border] = borders;
    const places = [
      ...(skinOf.length > 0
        ? [`skin of ${skinOf.slice(0, 5).join(', ')}${more(skinOf.length - 5)}`]
        : []),
      ...(border ? [`border from ${border.from} to ${border.to}${more(borders.length - 1)}`] : []),
    ];
    const where = places.length > 0 ? places.join('; ') : 'used nowhere';
    return (
      `  ${name}: ${model}, ${type}, ${finish}${what}${detects ? ', detects' : ''}\n` +
      wrap(where, width, '    ') +
      formatProperties(properties)
    );
  });
  return `Surfaces\n${parts.join('')}`;
}

function more(n: number): string {
  return n > 0 ? ` and ${n.toLocaleString('en-US')} more` : '';
}

function formatNotUsed({ opticalPropertiesNotUsed: notUsed }: GeometryInfo, width: number): string {
  if (notUsed.length === 0) return 'Every optical property of the file is used.\n';
  const lines = notUsed.map(({ of, owner, property, because, stops }) => {
    const stop = stops ? '; lantern simulate stops at it where it is in use' : '';
    return wrap(`${property} of ${of} '${owner}': ${because}${stop}`, width, '  ');
  });
  return `Optical properties that Lantern does not use\n${lines.join('')}`;
}

function formatWarnings({ warnings }: GeometryInfo, width: number): string {
  if (warnings.length === 0) return '';
  return `Warnings of the reader\n${warnings.map((text) => wrap(text, width, '  ')).join('')}`;
}
