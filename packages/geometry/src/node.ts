export { readGdmlFile } from './gdml/read-gdml-file.node.ts';
export { writeGdmlFile } from './gdml/write-gdml-file.node.ts';
