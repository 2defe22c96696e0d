import { ConverterRegistry } from '../converter-registry.ts';
import { DtdCatalog, type DtdFile } from '../dtd/dtd-catalog.ts';
import type { PayloadLimits } from '../limits.ts';
import { acdConverters, acdOlderConverters } from './acd-converters.ts';
import {
  internalAlignmentConverter,
  latAlignmentConverter,
  latAlignmentEvolution,
  latAnglesConverter,
  towerAlignmentConverter,
} from './alignment-converters.ts';
import { ancillaryConverters } from './ancillary-converters.ts';
import { badStripsConverter } from './bad-strips-converter.ts';
import { badStripsEvolution, badStripsV1Converter, badStripsV1Dtd } from './bad-strips-v1.ts';
import { calConverters } from './cal-converter.ts';
import { calEvolutions, calOrderedConverters } from './cal-v1.ts';
import { genericConverter, saaConverter } from './other-converters.ts';
import { splitsConverter, stripConverters } from './tracker-converters.ts';

/** The converters of all calibration types of the GLAST LAT, with the DTDs that are given. */
export function glastRegistry(dtds: Iterable<DtdFile>, limits?: PayloadLimits): ConverterRegistry {
  return new ConverterRegistry({ dtds: new DtdCatalog([...dtds, badStripsV1Dtd]), limits })
    .add(...acdConverters, ...acdOlderConverters)
    .add(...calConverters, ...calOrderedConverters)
    .add(badStripsConverter, badStripsV1Converter, ...stripConverters, splitsConverter)
    .add(towerAlignmentConverter, internalAlignmentConverter)
    .add(latAnglesConverter, latAlignmentConverter)
    .add(...ancillaryConverters, genericConverter, saaConverter)
    .addEvolutions(...calEvolutions, badStripsEvolution, latAlignmentEvolution);
}
