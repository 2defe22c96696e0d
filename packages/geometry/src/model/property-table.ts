/**
 * A property of a material or surface as a function of photon energy, as in GDML's two-column matrix.
 * Energies in MeV, ascending after reading; values in the property's own Geant4 unit (mm, ns, 1/MeV or none).
 * Linear in energy between points, the end values outside (Geant4's rule).
 */
export interface PropertyTable {
  readonly energies: Float64Array;
  readonly values: Float64Array;
}

/** Everything a material or an optical surface says of its optics, by Geant4's property names. */
export interface OpticalProperties {
  /** Tables against photon energy: RINDEX, ABSLENGTH, EFFICIENCY, … */
  readonly tables: ReadonlyMap<string, PropertyTable>;
  /** Single numbers: SCINTILLATIONYIELD, WLSTIMECONSTANT, SURFACEROUGHNESS, … */
  readonly constants: ReadonlyMap<string, number>;
}
