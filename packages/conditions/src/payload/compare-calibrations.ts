import { ConditionsError } from '../errors.ts';
import type { Calibration } from '../model/calibration.ts';
import type { PayloadStore } from '../store/payload-store.ts';
import type { ComparePayloads } from '../tags/diff.ts';
import { comparePayloads } from './compare-payloads.ts';
import type { ConverterRegistry } from './converter-registry.ts';

/**
 * Compares the payloads of two calibrations constant by constant, each converted as its own row says: for differences of tags,
 * and for the rules that read payloads. Where the type has no converter for the format, what the format holds is compared.
 */
export function calibrationComparison(
  payloads: Pick<PayloadStore, 'get'>,
  registry: ConverterRegistry,
): ComparePayloads {
  const read = async ({ serNo, calibType, dataFmt, fmtVersion, payload }: Calibration) => {
    const where = `payload of calibration ${serNo}`;
    if (!payload)
      throw new ConditionsError('absent', { what: 'no payload was brought along', where });
    const bytes = await payloads.get(payload.sha256);
    const input = { bytes, calibType, dataFmt, fmtVersion, where };
    return registry.knows(input) ? (await registry.convert(input)).value : registry.read(input);
  };
  return async (before, after) => comparePayloads(await read(before), await read(after));
}
