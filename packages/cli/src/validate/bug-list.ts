/** A fault that another program had, and where Lantern's tests hold it. */
export interface KnownFault {
  /** The rule of packages/optics/SPEC.md. */
  readonly rule: string;
  readonly finding: string;
  readonly effect: string;
  readonly source: string;
}

/** The faults of anchors/optics.md 6; each has a test of its rule's name in packages/optics/test/bug-list. */
export const knownFaults: readonly KnownFault[] = [
  {
    rule: 'BUG1',
    finding: 'the row of the material fell back to 0',
    effect: 'all Cerenkov light of the wrong index for two months',
    source: 'Simphony PR 309; Opticks d292d8bf0',
  },
  {
    rule: 'BUG2',
    finding: 'only the first quad of a table’s metadata was sent',
    effect: 'Cerenkov light wrong, seen only between server and client',
    source: 'Opticks release notes v0.6.4',
  },
  {
    rule: 'BUG3',
    finding: 'a linear filter across the rows of a table',
    effect: 'properties of neighbouring materials mixed',
    source: 'Simphony PR 344',
  },
  {
    rule: 'BUG4',
    finding: 'the velocity of the old medium after a refraction or reflection',
    effect: 'wrong times of hits',
    source: 'Simphony PR 260; Opticks notes on Geant4',
  },
  {
    rule: 'BUG5',
    finding: 'faces that siblings share, told by an index contrast above 0.1',
    effect: 'the wrong medium between touching volumes',
    source: 'Simphony PR 346, issues 431, 444',
  },
  {
    rule: 'BUG6',
    finding: 'the slow component of liquid argon (1400 ns, 25 %) missing',
    effect: 'no hits after 100 ns, 20 % in Geant4',
    source: 'Simphony PR 272',
  },
  {
    rule: 'BUG7',
    finding: 'REEMISSIONPROB without a spectrum',
    effect: 'a null pointer',
    source: 'Simphony PR 294; ratpac issue 119',
  },
  {
    rule: 'BUG8',
    finding: 'a mirror as the skin of a volume that overlaps others',
    effect: 'trapped photons, 0 hits beside 5600: the geometry was wrong',
    source: 'Simphony issue 435',
  },
  {
    rule: 'BUG9',
    finding: 'hits by EFFICIENCY only where a sensitive detector is invoked',
    effect: '“0 hits”',
    source: 'Simphony tests/run_validate.mac, issue 138',
  },
  {
    rule: 'BUG10',
    finding: 'children of one wavelength shift share a slot',
    effect: 'no more than one photon of a shift',
    source: 'Simphony PR 443',
  },
  {
    rule: 'BUG11',
    finding: 'leaks at 8.25·10⁹ photons',
    effect: 'abort on slice 8, then 25, of 32',
    source: 'Opticks cxs_min_vvvvvlarge…',
  },
  {
    rule: 'BUG12',
    finding: 'one engine for a whole process',
    effect: 'events wait for each other',
    source: 'Simphony PR 441',
  },
  {
    rule: 'BUG13',
    finding: '64 pixels side by side with grease: 30 % of the hits missing in one path',
    effect: 'open there',
    source: 'Simphony issue 212',
  },
  {
    rule: 'BUG14',
    finding: 'placeholders in tables: an index of 38 at 60 nm',
    effect: 'they enter the interpolation',
    source: 'ratpac-two ratdb/OPTICS.ratdb',
  },
  {
    rule: 'BUG15',
    finding: 'an efficiency that peaks at exactly 1',
    effect: 'a normalised shape taken for an efficiency',
    source: 'ratpac-two ratdb/OPTICS_Photocathode.ratdb',
  },
  {
    rule: 'BUG16',
    finding: 'a shifter emits above the energy it absorbed',
    effect: 'light bluer than the light that made it',
    source: 'chroma doc/source/surface.rst',
  },
];
