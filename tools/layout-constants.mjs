/** Constants of the packed scene, the photon row and the generation step: the same in every kernel's language. */
import * as layout from '../packages/geometry/src/scene/layout.ts';
import * as genstep from '../packages/optics/src/genstep-layout.ts';
import * as photon from '../packages/optics/src/photon-layout.ts';

/**
 * A constant of the kernels.
 *
 * @typedef {readonly [name: string, type: 'i32' | 'u32', value: number]} Constant
 */

/** @returns {Constant[]} of the scene's tables, programs and flags */
export function sceneConstants() {
  return [
    ['MATERIAL_ROW', 'i32', layout.materialColumns.length],
    ['SURFACE_ROW', 'i32', layout.surfaceColumns.length],
    ['FILM_ROW', 'i32', layout.filmColumns.length],
    ...numbered('material_column', layout.materialColumns),
    ...numbered('surface_column', layout.surfaceColumns),
    ...numbered('film_column', layout.filmColumns),
    ...numbered('op', layout.opCodes),
    ...values('solid_is', layout.solidKinds),
    ...numbered('leaf_is', layout.leafTypes),
    ...values('node_flag', layout.nodeFlags),
    ...values('material_flag', layout.materialFlags),
    ...values('surface_flag', layout.surfaceFlags),
  ];
}

/** @returns {Constant[]} of the photon row and the tally */
export function photonConstants() {
  return [
    ...values('FLAG', photon.photonFlags, 'u32'),
    ['PHOTON_SIZE', 'i32', photon.photonBytes],
    ...values('photon', photon.photonOffsets),
    ['TALLY_SIZE', 'i32', 8 * photon.tallyFields.length],
    ...numbered('tally', photon.tallyFields, 0, 8),
  ];
}

/** @returns {Constant[]} of the generation step */
export function genstepConstants() {
  return [
    ['GENSTEP_SIZE', 'i32', genstep.genstepBytes],
    ...values('GENSTEP', genstep.genstepKinds, 'u32'),
    ...values('genstep', genstep.genstepOffsets),
    ...values('track', genstep.trackOffsets),
    ...values('cerenkov', genstep.cerenkovOffsets),
    ...values('scintillation', genstep.scintillationOffsets),
    ...values('light', genstep.lightOffsets),
    ...values('torch', genstep.torchOffsets),
    ...numbered('torch_is', genstep.torchShapes, 1),
    ['FIRST_LIGHT_SHAPE', 'i32', genstep.firstLightShape],
    ...numbered('light_is', genstep.lightShapes, genstep.firstLightShape),
    ...numbered('light_goes', genstep.lightDirections),
    ...numbered('light_spectrum', genstep.lightSpectra),
    ...numbered('light_time', genstep.lightTimes),
  ];
}

/**
 * A constant for each name: its place in the list.
 *
 * @param {string} prefix
 * @param {readonly string[]} names
 * @returns {Constant[]}
 */
function numbered(prefix, names, first = 0, step = 1) {
  return names.map((name, i) => [constantName(prefix, name), 'i32', first + step * i]);
}

/**
 * A constant for each value.
 *
 * @param {string} prefix
 * @param {Readonly<Record<string, number>>} named
 * @param {'i32' | 'u32'} type
 * @returns {Constant[]}
 */
export function values(prefix, named, type = 'i32') {
  return Object.entries(named).map(([name, value]) => [constantName(prefix, name), type, value]);
}

/** @param {...string} words in camelCase; joined as CONSTANT_CASE */
export function constantName(...words) {
  return words
    .join('_')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase();
}

/**
 * The name of the accessor of a field: that of the section, then that of the field.
 *
 * @param {string} section
 * @param {string} field
 */
export function accessorName(section, field) {
  return `${section}${field[0]?.toUpperCase()}${field.slice(1)}`;
}
