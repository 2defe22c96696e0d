import type { Detector } from '../model/detector.ts';
import { partNames } from '../solids/part-names.ts';
import { acyclicOrder } from './acyclic-order.ts';
import { PropertyMatrices, writeMaterials } from './write-materials.ts';
import { Corners, writeSolid } from './write-solids.ts';
import { writeAuxiliaries, writeStructure } from './write-structure.ts';
import { XmlWriter } from './xml-writer.ts';

/**
 * Writes a detector as GDML, for Geant4 and others: everything after what it refers to, lengths in mm, angles in
 * degrees where those are round and else in rad, numbers in full. Reading it gives the same detector again, rotations
 * to 1e-15.
 *
 * @throws {GeometryError} for numbers and names that GDML cannot hold
 */
export function writeGdml(detector: Detector): string {
  const { solids, surfaces, userInfo, world } = detector;
  const xml = new XmlWriter();
  const matrices = new PropertyMatrices(detector);
  const corners = new Corners(detector);
  const schema = 'http://service-spi.web.cern.ch/service-spi/app/releases/GDML/schema/gdml.xsd';
  const attributes = {
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:noNamespaceSchemaLocation': schema,
  };
  xml.element('gdml', attributes, () => {
    xml.element('define', {}, () => {
      for (const matrix of matrices.matrices) xml.element('matrix', { ...matrix });
      for (const {
        name,
        at: [x, y, z],
      } of corners.positions)
        xml.element('position', { name, x, y, z, unit: 'mm' });
    });
    xml.element('materials', {}, () => writeMaterials(xml, detector, matrices));
    xml.element('solids', {}, () => {
      for (const name of solidsInOrder(detector)) {
        const solid = solids.get(name);
        if (solid) writeSolid(xml, solid, corners);
      }
      for (const { name, model, finish, type, value, properties, dichroic } of surfaces.values()) {
        xml.element('opticalsurface', { name, model, finish, type, value }, () => {
          matrices.write(xml, 'surfaces', name, properties);
          if (dichroic) matrices.writeDichroic(xml, name);
        });
      }
    });
    xml.element('structure', {}, () => writeStructure(xml, detector));
    if (userInfo.length > 0) xml.element('userinfo', {}, () => writeAuxiliaries(xml, userInfo));
    xml.element('setup', { name: 'Default', version: '1.0' }, () =>
      xml.element('world', { ref: world }),
    );
  });
  return xml.text();
}

function solidsInOrder({ solids }: Detector): string[] {
  return acyclicOrder(
    solids.keys(),
    (name) => partNames(solids.get(name)),
    (cycle) => {
      throw new Error(`solids made of each other: ${cycle.join(' > ')}`);
    },
  );
}
