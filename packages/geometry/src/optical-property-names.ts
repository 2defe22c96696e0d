import { nearest } from '@lantern/units';
import type { OpticalProperties } from './model/property-table.ts';
import type { SurfaceModel, SurfaceType } from './model/surface.ts';

/** What has optical properties: a material, or an optical surface of some type and finish. */
export interface PropertyOwner {
  readonly of: 'material' | 'surface';
  readonly properties: OpticalProperties;
  readonly model?: SurfaceModel;
  readonly type?: SurfaceType;
  readonly finish?: string;
}

/** A name that Geant4 or Opticks gives to an optical property. */
export interface OpticalPropertyName {
  readonly name: string;
  readonly of: 'material' | 'surface';
  /** A table against photon energy, or one number. */
  readonly kind: 'table' | 'constant';
  /** Of the values; '' when they have none. */
  readonly unit: string;
  readonly meaning: string;
  /** The values are probabilities: 0 to 1. */
  readonly isFraction?: true;
  /** The table is against the kinetic energy of a particle, not a photon's energy. */
  readonly byKineticEnergy?: true;
  /** The first version of Lantern that uses it; absent while none does. */
  readonly usedSince?: string;
  /** Geant4's (or Opticks') optics acts on it and Lantern does not: a simulation must stop and name it. */
  readonly stops?: true;
  /** Whether it has an effect in that owner. Absent: always. */
  readonly acts?: (owner: PropertyOwner) => boolean;
  /** Where it is not used, nobody is misled: Geant4 does not use it there either, or another name says the same. */
  readonly isHarmless?: true;
  /** Why it is not used, or when it is, for people. */
  readonly remark?: string;
}

type Row = readonly [name: string, unit: string, meaning: string];
type Common = Omit<OpticalPropertyName, 'name' | 'unit' | 'meaning'>;

function rows(common: Common, names: readonly Row[]): OpticalPropertyName[] {
  return names.map(([name, unit, meaning]) => ({ ...common, name, unit, meaning }));
}

const has = ({ properties: { tables, constants } }: PropertyOwner, name: string): boolean =>
  tables.has(name) || constants.has(name);

/** Whether the table or number is there and not 0 everywhere. */
export function isSet({ properties: { tables, constants } }: PropertyOwner, name: string): boolean {
  return (
    (constants.get(name) ?? 0) !== 0 || (tables.get(name)?.values.some((v) => v !== 0) ?? false)
  );
}

const emissionSpectra = [
  'REEMISSIONCOMPONENT',
  'SCINTILLATIONCOMPONENT1',
  'SCINTILLATIONCOMPONENT2',
  'SCINTILLATIONCOMPONENT3',
  'FASTCOMPONENT',
  'SLOWCOMPONENT',
];
const since = '0.1';

/** Layers that a thin film may have. */
export const mostFilmLayers = 8;

const numbers = ['1', '2', '3'] as const;
const particles = ['PROTON', 'DEUTERON', 'TRITON', 'ALPHA', 'ION', 'ELECTRON'] as const;

const usedOfMaterials: readonly OpticalPropertyName[] = [
  ...rows({ of: 'material', kind: 'table', usedSince: since }, [
    ['RINDEX', '', 'refractive index'],
    ['GROUPVEL', 'mm/ns', 'group velocity'],
    ['ABSLENGTH', 'mm', 'absorption length'],
    ['RAYLEIGH', 'mm', 'Rayleigh scattering length'],
    ['MIEHG', 'mm', 'Mie scattering length'],
    ['WLSABSLENGTH', 'mm', 'absorption length of the wavelength shifter'],
    ['WLSCOMPONENT', '', 'emission spectrum of the wavelength shifter'],
    ['WLSABSLENGTH2', 'mm', 'absorption length of the second wavelength shifter'],
    ['WLSCOMPONENT2', '', 'emission spectrum of the second wavelength shifter'],
    ...numbers.map((i): Row => [`SCINTILLATIONCOMPONENT${i}`, '', `scintillation spectrum ${i}`]),
  ]),
  ...rows({ of: 'material', kind: 'constant', usedSince: since }, [
    ['WLSTIMECONSTANT', 'ns', 'decay time of the wavelength shifter'],
    ['WLSTIMECONSTANT2', 'ns', 'decay time of the second wavelength shifter'],
    ['SCINTILLATIONYIELD', '1/MeV', 'scintillation photons per energy'],
    ['RESOLUTIONSCALE', '', 'width of the number of scintillation photons over Poisson’s'],
    // GDML has no place for it, and files use several names.
    ...['BIRKSCONSTANT', 'BIRKS', 'birks', 'BirksConstant'].map(
      (n): Row => [n, 'mm/MeV', 'Birks’ constant kB of the quenching of scintillation'],
    ),
    ...numbers.flatMap((i): Row[] => [
      [`SCINTILLATIONTIMECONSTANT${i}`, 'ns', `decay time ${i}`],
      [`SCINTILLATIONRISETIME${i}`, 'ns', `rise time ${i}`],
      [`SCINTILLATIONYIELD${i}`, '', `relative yield of spectrum ${i}`],
    ]),
  ]),
  ...rows(
    {
      ...{ of: 'material', kind: 'constant', usedSince: since },
      acts: (o) => !has(o, 'RAYLEIGH'),
      isHarmless: true,
      remark: 'only where RAYLEIGH is not given',
    },
    [
      ['ISOTHERMAL_COMPRESSIBILITY', 'mm3/MeV', 'compressibility, for a Rayleigh length of RINDEX'],
      ['RS_SCALE_FACTOR', '', 'scale of the computed inverse Rayleigh length'],
    ],
  ),
  ...usedWithAnother(),
  ...oldScintillationNames(),
];

/** Those that act beside another property only. */
function usedWithAnother(): OpticalPropertyName[] {
  const beside = (other: string): Common => ({
    ...{ of: 'material', kind: 'constant', usedSince: since, acts: (o) => has(o, other) },
    remark: `only beside ${other}`,
  });
  return [
    ...rows(beside('MIEHG'), [
      ['MIEHG_FORWARD', '', 'mean cosine of forward Mie scattering'],
      ['MIEHG_BACKWARD', '', 'mean cosine of backward Mie scattering'],
    ]),
    ...rows({ ...beside('MIEHG'), isFraction: true }, [
      ['MIEHG_FORWARD_RATIO', '', 'share of forward Mie scattering'],
    ]),
    ...rows(beside('WLSABSLENGTH'), [
      ['WLSMEANNUMBERPHOTONS', '', 'mean number of photons per shift; always one without it'],
    ]),
    ...rows(beside('WLSABSLENGTH2'), [
      ['WLSMEANNUMBERPHOTONS2', '', 'mean number of photons per shift of the second shifter'],
    ]),
    ...rows(
      {
        ...{ of: 'material', kind: 'table', usedSince: since, isFraction: true },
        acts: (o) => emissionSpectra.some((name) => has(o, name)),
        remark: 'there is no spectrum to emit: absorbed photons stay absorbed',
      },
      [['REEMISSIONPROB', '', 'probability of re-emission after absorption (Opticks)']],
    ),
    ...rows(
      {
        ...{ of: 'material', kind: 'table', usedSince: since },
        acts: (o) => isSet(o, 'REEMISSIONPROB'),
        remark: 'only beside REEMISSIONPROB',
      },
      [['REEMISSIONCOMPONENT', '', 'spectrum of re-emission (Opticks)']],
    ),
  ];
}

/** Names before Geant4 11, each with the name that goes before it where both are given. */
function oldScintillationNames(): OpticalPropertyName[] {
  const olds: readonly (readonly ['table' | 'constant', Row, newName: string])[] = [
    ['table', ['FASTCOMPONENT', '', 'scintillation spectrum 1'], 'SCINTILLATIONCOMPONENT1'],
    ['table', ['SLOWCOMPONENT', '', 'scintillation spectrum 2'], 'SCINTILLATIONCOMPONENT2'],
    ['constant', ['FASTTIMECONSTANT', 'ns', 'decay time 1'], 'SCINTILLATIONTIMECONSTANT1'],
    ['constant', ['SLOWTIMECONSTANT', 'ns', 'decay time 2'], 'SCINTILLATIONTIMECONSTANT2'],
    ['constant', ['FASTSCINTILLATIONRISETIME', 'ns', 'rise time 1'], 'SCINTILLATIONRISETIME1'],
    ['constant', ['SLOWSCINTILLATIONRISETIME', 'ns', 'rise time 2'], 'SCINTILLATIONRISETIME2'],
    ['constant', ['YIELDRATIO', '', 'share of spectrum 1'], 'SCINTILLATIONYIELD1'],
  ];
  return olds.flatMap(([kind, [old, unit, meaning], newName]) =>
    rows(
      {
        ...{ of: 'material', kind, usedSince: since, acts: (o) => !has(o, newName) },
        isHarmless: true,
        ...(old === 'YIELDRATIO' ? { isFraction: true } : {}),
        remark: `the name before Geant4 11; ${newName} is given and goes before it`,
      },
      [[old, unit, meaning]],
    ),
  );
}

const usedOfSurfaces: readonly OpticalPropertyName[] = [
  ...rows(
    {
      ...{ of: 'surface', kind: 'table', usedSince: since, isFraction: true },
      acts: ({ type }) => type !== 'dielectric_dichroic',
      remark: 'a dichroic filter passes or reflects, and absorbs nothing',
    },
    [['EFFICIENCY', '', 'probability that an absorbed photon is detected; 0 where not given']],
  ),
  ...rows(
    {
      ...{ of: 'surface', kind: 'table', usedSince: since, isFraction: true },
      acts: (owner) => !isCoated(owner) && !hasOwnReflectivity(owner),
      remark:
        'not with the types coated, dielectric_LUTDAVIS, dielectric_dichroic: layer or table decide',
    },
    [
      ['REFLECTIVITY', '', '1 - the probability of absorption; 1 where not given'],
      ['TRANSMITTANCE', '', 'probability of passing straight through; 0 where not given'],
    ],
  ),
  ...rows(
    {
      ...{ of: 'surface', kind: 'table', usedSince: since, isFraction: true },
      acts: ({ model }) => model === 'unified',
      remark: 'only with the model unified',
    },
    [
      ['SPECULARLOBECONSTANT', '', 'share of reflection about a micro-facet’s normal'],
      ['SPECULARSPIKECONSTANT', '', 'share of reflection about the average normal'],
      ['BACKSCATTERCONSTANT', '', 'share of reflection straight back'],
    ],
  ),
  ...rows(
    {
      ...{ of: 'surface', kind: 'table', usedSince: since },
      acts: ({ finish }) => finish?.endsWith('backpainted') ?? false,
      remark: 'only with a back-painted finish',
    },
    [['RINDEX', '', 'refractive index of the gap behind a back-painted surface']],
  ),
  ...rows({ of: 'surface', kind: 'constant', usedSince: since }, [
    ['SURFACEROUGHNESS', 'mm', 'roughness that decides between spike and Lambertian'],
  ]),
  ...rows(
    {
      ...{ of: 'surface', kind: 'table', usedSince: since, acts: hasComplexIndex },
      remark:
        'only both together, with the type dielectric_metal, or, without REFLECTIVITY, dielectric_dielectric or dielectric_LUT',
    },
    [
      ['REALRINDEX', '', 'real part of the refractive index of a metal'],
      ['IMAGINARYRINDEX', '', 'imaginary part of the refractive index of a metal'],
    ],
  ),
  ...coatingOfSurfaces(),
  ...thinFilmOfSurfaces(),
];

function coatingOfSurfaces(): OpticalPropertyName[] {
  const common = { usedSince: since, acts: isCoated, remark: 'only with the type coated' };
  return [
    ...rows({ of: 'surface', kind: 'table', ...common }, [
      ['COATEDRINDEX', '', 'refractive index of a thin coating'],
    ]),
    ...rows({ of: 'surface', kind: 'constant', ...common }, [
      ['COATEDTHICKNESS', 'mm', 'thickness of a thin coating'],
      ['COATEDFRUSTRATEDTRANSMISSION', '', '0: what a coating reflects totally does not tunnel'],
    ]),
  ];
}

/** Lantern's own names: Geant4 and GDML have none for a stack of layers. */
function thinFilmOfSurfaces(): OpticalPropertyName[] {
  const layers = Array.from({ length: mostFilmLayers }, (_, i) => i + 1);
  return [
    ...rows({ of: 'surface', kind: 'table', usedSince: since }, [
      ...layers.map((i): Row => [`THINFILM_RINDEX${i}`, '', `refractive index of layer ${i}`]),
      ...layers.map((i): Row => [`THINFILM_KINDEX${i}`, '', `its imaginary part, of layer ${i}`]),
    ]),
    ...rows({ of: 'surface', kind: 'table', usedSince: since, isFraction: true }, [
      ['THINFILM_QE', '', 'probability that light at normal incidence on layer 1 is detected'],
    ]),
    ...rows({ of: 'surface', kind: 'constant', usedSince: since }, [
      ['THINFILM_LAYERS', '', 'number of layers of a thin film'],
      ['THINFILM_CATHODE', '', 'number of the layer that is the photocathode'],
      ...layers.map((i): Row => [`THINFILM_THICKNESS${i}`, 'mm', `thickness of layer ${i}`]),
    ]),
  ];
}

/** Whether a surface says something of a thin film. */
export function isThinFilm({ properties: { tables, constants } }: PropertyOwner): boolean {
  return [...tables.keys(), ...constants.keys()].some((name) => name.startsWith('THINFILM_'));
}

/**
 * Whether a surface reflects by a complex refractive index, for some of its bounces at least.
 *
 * @see G4OpBoundaryProcess::PostStepDoIt and DielectricMetal
 */
export function hasComplexIndex(owner: PropertyOwner): boolean {
  const { tables } = owner.properties;
  if (!tables.has('REALRINDEX') || !tables.has('IMAGINARYRINDEX')) return false;
  const mayDo = owner.type === 'dielectric_dielectric' || owner.type === 'dielectric_LUT';
  return owner.type === 'dielectric_metal' || (mayDo && !tables.has('REFLECTIVITY'));
}

/** Whether the table of the surface itself says what is reflected: of Davis, and of dichroic filters. */
function hasOwnReflectivity({ type }: PropertyOwner): boolean {
  return type === 'dielectric_LUTDAVIS' || type === 'dielectric_dichroic';
}

function isCoated({ type }: PropertyOwner): boolean {
  return type === 'coated';
}

/** Of a gun's particles, with `--scintillation-by-particle`; Geant4 too uses them only when told to. */
const yieldsByParticle: readonly OpticalPropertyName[] = [
  ...rows(
    { of: 'material', kind: 'table', usedSince: since, byKineticEnergy: true },
    particles.map(
      (p): Row => [`${p}SCINTILLATIONYIELD`, '', `scintillation photons of a ${name(p)}`],
    ),
  ),
  ...rows(
    { of: 'material', kind: 'constant', usedSince: since },
    particles.flatMap((p) =>
      numbers.flatMap((i): Row[] => [
        [`${p}SCINTILLATIONYIELD${i}`, '', `relative yield of spectrum ${i} for a ${name(p)}`],
        [`${p}SCINTILLATIONTIMECONSTANT${i}`, 'ns', `decay time ${i} for a ${name(p)}`],
        [`${p}SCINTILLATIONRISETIME${i}`, 'ns', `rise time ${i} for a ${name(p)}`],
      ]),
    ),
  ),
];

/** Known to Geant4, without effect on optical photons as Lantern makes them. */
const onlyGeant4: readonly OpticalPropertyName[] = [
  ...rows(
    {
      ...{ of: 'material', kind: 'constant', isHarmless: true },
      remark: 'Geant4 uses it for ultra-cold neutrons',
    },
    ['FERMIPOT', 'DIFFUSION', 'SPINFLIP', 'LOSS', 'LOSSCS', 'ABSCS', 'SCATCS'].map(
      (n): Row => [n, '', 'a property of ultra-cold neutrons'],
    ),
  ),
  ...rows(
    {
      ...{ of: 'material', kind: 'table' },
      remark: 'Geant4 takes it as the index of light that comes to a metal of complex index',
    },
    [
      ['REALRINDEX', '', 'real part of a complex refractive index'],
      ['IMAGINARYRINDEX', '', 'imaginary part of a complex refractive index'],
    ],
  ),
  ...rows(
    {
      ...{ of: 'surface', kind: 'table', isHarmless: true },
      remark: 'Geant4 reads the velocity from materials only',
    },
    [['GROUPVEL', 'mm/ns', 'written by Geant4’s GDML writer beside RINDEX']],
  ),
];

function name(particle: string): string {
  return particle.toLowerCase();
}

/**
 * Every property name that Lantern knows, once per kind of owner. One list for all who ask: `geometry info`, the
 * checks, and the packing of materials and surfaces.
 *
 * @see G4MaterialPropertiesIndex.hh (Geant4 11.4) and Opticks for REEMISSIONPROB
 */
export const opticalPropertyNames: readonly OpticalPropertyName[] = [
  ...usedOfMaterials,
  ...usedOfSurfaces,
  ...yieldsByParticle,
  ...onlyGeant4,
];

const byName = new Map(opticalPropertyNames.map((row) => [`${row.of} ${row.name}`, row]));

/** What is known of a property of that name. */
export function opticalPropertyNamed(
  of: 'material' | 'surface',
  propertyName: string,
): OpticalPropertyName | undefined {
  return byName.get(`${of} ${propertyName}`);
}

/** The known name nearest to a misspelt or unknown one. */
export function nearestPropertyName(of: 'material' | 'surface', given: string): string | undefined {
  return nearest(
    given,
    opticalPropertyNames.filter((row) => row.of === of).map((row) => row.name),
  );
}

/**
 * The properties of this material or surface that Geant4 or Opticks would act on and Lantern does not yet. Not empty: a
 * simulation must stop with an error that names them.
 */
export function propertiesThatStop(owner: PropertyOwner): OpticalPropertyName[] {
  const names = [...owner.properties.tables.keys(), ...owner.properties.constants.keys()];
  return names
    .map((given) => opticalPropertyNamed(owner.of, given))
    .filter((row) => row !== undefined)
    .filter((row) => row.stops === true && (row.acts?.(owner) ?? true));
}
