export { type CheckOptions, checkGeometry } from './check/check-geometry.ts';
export { type Finding, type FindingKind, findingKinds, type Severity } from './check/finding.ts';
export { GdmlError, type GdmlPlace, GeometryError } from './errors.ts';
export type { Include } from './gdml/entities.ts';
export type { GdmlLimits } from './gdml/limits.ts';
export { type ReadGdmlOptions, readGdml } from './gdml/read-gdml.ts';
export { writeGdml } from './gdml/write-gdml.ts';
export { describeGeometry } from './info/describe-geometry.ts';
export type {
  GeometryCounts,
  GeometryInfo,
  MaterialInfo,
  PropertyInfo,
  PropertyNotUsed,
  SolidOfTriangles,
  SurfaceInfo,
  VolumeInfo,
} from './info/geometry-info.ts';
export type { Detector, SourcePlace } from './model/detector.ts';
export type { DichroicTable } from './model/dichroic-table.ts';
export type { Element, Isotope, Material, MaterialComponent } from './model/material.ts';
export type { OpticalProperties, PropertyTable } from './model/property-table.ts';
export type {
  Arb8,
  BooleanSolid,
  Box,
  Cone,
  CutTube,
  Elcone,
  Ellipsoid,
  Eltube,
  GenericPolycone,
  GenericPolyhedra,
  Hype,
  MultiUnion,
  Orb,
  Para,
  Paraboloid,
  Point2,
  Polycone,
  Polyhedra,
  ReflectedSolid,
  RZPoint,
  ScaledSolid,
  Solid,
  SolidType,
  Sphere,
  Tessellated,
  Tet,
  Torus,
  Trap,
  Trd,
  Tube,
  TwistedBox,
  TwistedTrap,
  TwistedTrd,
  TwistedTubs,
  Xtru,
  ZPlane,
} from './model/solid.ts';
export {
  type BorderSurface,
  type ClassicFinish,
  classicFinishes,
  type OpticalSurface,
  type SkinSurface,
  type SurfaceModel,
  type SurfaceType,
  surfaceModels,
  surfaceTypes,
} from './model/surface.ts';
export type { Transform } from './model/transform.ts';
export type { Auxiliary, Placement, Volume } from './model/volume.ts';
export {
  type OpticalPropertyName,
  opticalPropertyNamed,
  opticalPropertyNames,
  type PropertyOwner,
  propertiesThatStop,
} from './optical-property-names.ts';
export {
  type OpticalPropertiesDocument,
  type OpticalPropertyChanges,
  opticalPropertiesDocument,
  readOpticalProperties,
} from './properties/optical-properties-document.ts';
export { withOpticalProperties } from './properties/with-optical-properties.ts';
export { groupVelocity } from './scene/group-velocity.ts';
export { hashScene } from './scene/hash-scene.ts';
export {
  type ArraySection,
  arraySections,
  type FieldType,
  fieldSize,
  leafTypes,
  materialColumns,
  materialFlags,
  opCodes,
  type RecordSection,
  recordSections,
  recordSize,
  solidKinds,
  surfaceFlags,
} from './scene/layout.ts';
export type { ShiftProfile, ShiftProfiles } from './scene/pack-materials.ts';
export { type PackOptions, packScene } from './scene/pack-scene.ts';
export type { Scene, Sensor } from './scene/scene.ts';
export { solidBounds } from './solids/bounds.ts';
export type { Box3 } from './solids/box3.ts';
export { inside } from './solids/inside.ts';
export type { Membership } from './solids/membership/membership.ts';
export { parseDichroicText } from './surface-data/dichroic-text.ts';
export type { LookUpTable, SurfaceData } from './surface-data/surface-data.ts';
export { surfaceDataNeeded } from './surface-data/surface-data-needed.ts';
