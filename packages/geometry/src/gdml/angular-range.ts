/** Geant4's angular tolerance, 1e-9 rad: a range that comes within half of it to a full turn is a full turn. */
const tolerance = 1e-9;
const turn = 2 * Math.PI;

/** A range of azimuth, rad. */
export interface PhiRange {
  readonly startphi: number;
  readonly deltaphi: number;
}

/**
 * The range as the model has it: a full turn is exactly 2π from 0, and the start lies within a turn of 0
 * (G4Tubs::CheckPhiAngles, where the shape stays the same).
 */
export function normalPhi({ startphi, deltaphi }: PhiRange): PhiRange {
  if (deltaphi >= turn - tolerance / 2) return { startphi: 0, deltaphi: turn };
  return { startphi: withinTurn(startphi), deltaphi };
}

/** As {@link normalPhi}, for solids with flat sides: where a full turn starts says where their corners are. */
export function sidedPhi({ startphi, deltaphi }: PhiRange): PhiRange {
  return {
    startphi: withinTurn(startphi),
    deltaphi: deltaphi >= turn - tolerance / 2 ? turn : deltaphi,
  };
}

function withinTurn(startphi: number): number {
  return Math.abs(startphi) <= turn ? startphi : (startphi % turn) + 0;
}

/** A range of the polar angle, rad. */
export interface ThetaRange {
  readonly starttheta: number;
  readonly deltatheta: number;
}

/** The range as the model has it: it ends at π at most, exactly there where it comes near (G4Sphere::CheckThetaAngles). */
export function normalTheta({ starttheta, deltatheta }: ThetaRange): ThetaRange {
  const start = Math.abs(starttheta) < tolerance / 2 ? 0 : starttheta;
  const rest = Math.PI - start;
  return { starttheta: start, deltatheta: deltatheta > rest - tolerance / 2 ? rest : deltatheta };
}
