import { type Detector, packScene, readGdml, type Scene } from '@lantern/geometry';

const element = (name: string, z: number, mass: number): string =>
  `<element name="${name}" formula="${name}" Z="${z}"><atom value="${mass}"/></element>`;
const matrix = (name: string, values: string): string =>
  `<matrix name="${name}" coldim="${values.includes(' ') ? 2 : 1}" values="${values}"/>`;
const property = (name: string, ref: string): string => `<property name="${name}" ref="${ref}"/>`;

/**
 * A world of 2 m of gas with two boxes of 400 mm side by side, sharing the face x = 0: water (x < 0), and a scintillator
 * with two components (x > 0). Materials by index: Gas 0, Water 1, Scintillator 2.
 */
export const genstepDetector: Detector = readGdml(
  `<?xml version="1.0"?><gdml><define>
${matrix('GAS', '1*eV 1.0003 8*eV 1.0003')}
${matrix('WATER', '1.6*eV 1.33 3*eV 1.335 6*eV 1.4')}
${matrix('PLASTIC', '1.6*eV 1.55 4*eV 1.6')}
${matrix('BLUE', '2.5*eV 0 3*eV 1 3.5*eV 0')}
${matrix('GREEN', '2*eV 0 2.2*eV 1 2.4*eV 0')}
${matrix('YIELD', '1000')}${matrix('FIVE', '5')}${matrix('FIFTY', '50')}${matrix('HALF', '0.5')}
${matrix('ONE', '1*eV 1 8*eV 1')}${matrix('ZERO', '1*eV 0 8*eV 0')}
</define><materials>
${element('H', 1, 1.008)}${element('C', 6, 12.011)}${element('N', 7, 14.007)}${element('O', 8, 15.999)}
<material name="Gas" state="gas"><D value="0.0012"/><fraction n="1" ref="N"/>${property('RINDEX', 'GAS')}</material>
<material name="Water" state="liquid"><D value="1"/><fraction n="0.111894" ref="H"/><fraction n="0.888106" ref="O"/>
${property('RINDEX', 'WATER')}</material>
<material name="Scintillator" state="solid"><D value="1.03"/><fraction n="0.085" ref="H"/><fraction n="0.915" ref="C"/>
${property('RINDEX', 'PLASTIC')}${property('SCINTILLATIONCOMPONENT1', 'BLUE')}
${property('SCINTILLATIONCOMPONENT2', 'GREEN')}${property('SCINTILLATIONYIELD', 'YIELD')}
${property('SCINTILLATIONYIELD1', 'HALF')}${property('SCINTILLATIONYIELD2', 'HALF')}
${property('SCINTILLATIONTIMECONSTANT1', 'FIVE')}${property('SCINTILLATIONTIMECONSTANT2', 'FIFTY')}
${property('SCINTILLATIONRISETIME1', 'HALF')}</material>
</materials><solids>
<box name="world" x="2000" y="2000" z="2000" lunit="mm"/><box name="cell" x="400" y="400" z="400" lunit="mm"/>
<opticalsurface name="detector" model="glisur" finish="polished" type="dielectric_metal" value="1">
${property('REFLECTIVITY', 'ZERO')}${property('EFFICIENCY', 'ONE')}</opticalsurface>
</solids><structure>
<volume name="Tank"><materialref ref="Water"/><solidref ref="cell"/></volume>
<volume name="Block"><materialref ref="Scintillator"/><solidref ref="cell"/></volume>
<volume name="World"><materialref ref="Gas"/><solidref ref="world"/>
<physvol name="tank"><volumeref ref="Tank"/><position x="-200" unit="mm"/></physvol>
<physvol name="block"><volumeref ref="Block"/><position x="200" unit="mm"/></physvol></volume>
<skinsurface name="skin" surfaceproperty="detector"><volumeref ref="Tank"/></skinsurface>
</structure><setup name="Default" version="1.0"><world ref="World"/></setup></gdml>`,
  { file: 'gensteps.gdml' },
);

/** The detector, packed. */
export const genstepScene: Scene = packScene(genstepDetector);
