import type { Vector3 } from '@lantern/units';
import type { Transform } from './transform.ts';

/** Lengths in mm, angles in rad, all as full Geant4 constructor parameters (half lengths are named so). */
interface Named {
  readonly name: string;
}

/** A z plane of a polycone or polyhedra. */
export interface ZPlane {
  readonly z: number;
  readonly rmin: number;
  readonly rmax: number;
}

/** A vertex of a two-dimensional outline, mm. */
export interface Point2 {
  readonly x: number;
  readonly y: number;
}

/** A corner of a generic polycone or polyhedra. */
export interface RZPoint {
  readonly r: number;
  readonly z: number;
}

export interface Box extends Named {
  readonly type: 'box';
  /** Full lengths. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
}
export interface Tube extends Named {
  readonly type: 'tube';
  readonly rmin: number;
  readonly rmax: number;
  /** Full length. */
  readonly z: number;
  readonly startphi: number;
  readonly deltaphi: number;
}
export interface CutTube extends Named {
  readonly type: 'cutTube';
  readonly rmin: number;
  readonly rmax: number;
  readonly z: number;
  readonly startphi: number;
  readonly deltaphi: number;
  /** Outward normals of the planes through (0, 0, -z/2) and (0, 0, +z/2), unit length. */
  readonly lowNormal: Vector3;
  readonly highNormal: Vector3;
}
export interface Cone extends Named {
  readonly type: 'cone';
  readonly rmin1: number;
  readonly rmax1: number;
  readonly rmin2: number;
  readonly rmax2: number;
  readonly z: number;
  readonly startphi: number;
  readonly deltaphi: number;
}
export interface Orb extends Named {
  readonly type: 'orb';
  readonly r: number;
}
export interface Sphere extends Named {
  readonly type: 'sphere';
  readonly rmin: number;
  readonly rmax: number;
  readonly startphi: number;
  readonly deltaphi: number;
  readonly starttheta: number;
  readonly deltatheta: number;
}
export interface Ellipsoid extends Named {
  readonly type: 'ellipsoid';
  /** Semi-axes. */
  readonly ax: number;
  readonly by: number;
  readonly cz: number;
  readonly zcut1: number;
  readonly zcut2: number;
}
export interface Torus extends Named {
  readonly type: 'torus';
  readonly rmin: number;
  readonly rmax: number;
  readonly rtor: number;
  readonly startphi: number;
  readonly deltaphi: number;
}
export interface Trd extends Named {
  readonly type: 'trd';
  /** Full lengths at -z/2 (1) and +z/2 (2). */
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  readonly z: number;
}
export interface Trap extends Named {
  readonly type: 'trap';
  /** Full lengths; 1, 2 at -z/2 (low y, high y), 3, 4 at +z/2. */
  readonly z: number;
  readonly theta: number;
  readonly phi: number;
  readonly y1: number;
  readonly x1: number;
  readonly x2: number;
  readonly alpha1: number;
  readonly y2: number;
  readonly x3: number;
  readonly x4: number;
  readonly alpha2: number;
}
export interface Para extends Named {
  readonly type: 'para';
  /** Full lengths. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly alpha: number;
  readonly theta: number;
  readonly phi: number;
}
export interface Hype extends Named {
  readonly type: 'hype';
  readonly rmin: number;
  readonly rmax: number;
  /** Stereo angles, inner and outer. */
  readonly inst: number;
  readonly outst: number;
  readonly z: number;
}
export interface Polycone extends Named {
  readonly type: 'polycone';
  readonly startphi: number;
  readonly deltaphi: number;
  readonly planes: readonly ZPlane[];
}
export interface Polyhedra extends Named {
  readonly type: 'polyhedra';
  readonly startphi: number;
  readonly deltaphi: number;
  readonly numsides: number;
  /** Radii are distances to the sides (tangent circle), as in Geant4. */
  readonly planes: readonly ZPlane[];
}
export interface Eltube extends Named {
  readonly type: 'eltube';
  /** Semi-axes and HALF length, as in GDML. */
  readonly dx: number;
  readonly dy: number;
  readonly dz: number;
}

export interface Elcone extends Named {
  readonly type: 'elcone';
  readonly dx: number;
  readonly dy: number;
  readonly zmax: number;
  readonly zcut: number;
}
export interface Paraboloid extends Named {
  readonly type: 'paraboloid';
  readonly rlo: number;
  readonly rhi: number;
  readonly dz: number;
}
export interface Arb8 extends Named {
  readonly type: 'arb8';
  readonly dz: number;
  /** Eight corners: four at -dz, four at +dz. */
  readonly vertices: readonly Point2[];
}
export interface Tet extends Named {
  readonly type: 'tet';
  readonly vertices: readonly [Vector3, Vector3, Vector3, Vector3];
}
export interface GenericPolycone extends Named {
  readonly type: 'genericPolycone';
  readonly startphi: number;
  readonly deltaphi: number;
  readonly corners: readonly RZPoint[];
}
export interface GenericPolyhedra extends Named {
  readonly type: 'genericPolyhedra';
  readonly startphi: number;
  readonly deltaphi: number;
  readonly numsides: number;
  readonly corners: readonly RZPoint[];
}
export interface Xtru extends Named {
  readonly type: 'xtru';
  readonly outline: readonly Point2[];
  readonly sections: readonly {
    readonly z: number;
    readonly xOffset: number;
    readonly yOffset: number;
    readonly scale: number;
  }[];
}
export interface Tessellated extends Named {
  readonly type: 'tessellated';
  /** Triangles and quadrangles, corners in mm. */
  readonly facets: readonly (readonly Vector3[])[];
}
export interface TwistedBox extends Named {
  readonly type: 'twistedbox';
  readonly PhiTwist: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}
export interface TwistedTrd extends Named {
  readonly type: 'twistedtrd';
  readonly PhiTwist: number;
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  readonly z: number;
}
export interface TwistedTrap extends Named {
  readonly type: 'twistedtrap';
  readonly PhiTwist: number;
  readonly z: number;
  readonly Theta: number;
  readonly Phi: number;
  readonly y1: number;
  readonly x1: number;
  readonly x2: number;
  readonly y2: number;
  readonly x3: number;
  readonly x4: number;
  readonly Alph: number;
}
export interface TwistedTubs extends Named {
  readonly type: 'twistedtubs';
  readonly twistedangle: number;
  readonly endinnerrad: number;
  readonly endouterrad: number;
  readonly zlen: number;
  readonly phi: number;
}

/** A boolean of two solids: `second` stands in the frame of `first` by `transform`; the whole in the frame of `first` moved by `firstTransform`. */
export interface BooleanSolid extends Named {
  readonly type: 'union' | 'subtraction' | 'intersection';
  readonly first: string;
  readonly second: string;
  /** Where the second stands in the boolean's frame. */
  readonly transform: Transform;
  /** Where the first stands in the boolean's frame (`<firstposition>`, `<firstrotation>`), where given. */
  readonly firstTransform?: Transform;
}
export interface MultiUnion extends Named {
  readonly type: 'multiUnion';
  readonly nodes: readonly {
    readonly name: string;
    readonly solid: string;
    readonly transform: Transform;
  }[];
}
export interface ScaledSolid extends Named {
  readonly type: 'scaledSolid';
  readonly solid: string;
  readonly scale: Vector3;
}
/** GDML's `<reflectedSolid>`: a solid moved, turned and reflected by the scale. */
export interface ReflectedSolid extends Named {
  readonly type: 'reflectedSolid';
  readonly solid: string;
  readonly transform: Transform;
}

/** A solid of the GDML schema. Solids that refer to others do so by name. */
export type Solid =
  | Box
  | Tube
  | CutTube
  | Cone
  | Orb
  | Sphere
  | Ellipsoid
  | Torus
  | Trd
  | Trap
  | Para
  | Hype
  | Polycone
  | Polyhedra
  | Eltube
  | Elcone
  | Paraboloid
  | Arb8
  | Tet
  | GenericPolycone
  | GenericPolyhedra
  | Xtru
  | Tessellated
  | TwistedBox
  | TwistedTrd
  | TwistedTrap
  | TwistedTubs
  | BooleanSolid
  | MultiUnion
  | ScaledSolid
  | ReflectedSolid;

/** The `type` of a solid. */
export type SolidType = Solid['type'];
