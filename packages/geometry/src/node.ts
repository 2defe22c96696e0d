export { readGdmlFile } from './gdml/read-gdml-file.node.ts';
export { writeGdmlFile } from './gdml/write-gdml-file.node.ts';
export { readDichroicFile } from './surface-data/read-dichroic-file.node.ts';
export { readRealSurface } from './surface-data/read-real-surface.node.ts';
