import { ConditionsError } from '../errors.ts';
import type { PayloadStore } from '../store/payload-store.ts';
import type { ComparePayloads } from '../tags/diff.ts';
import type { DataIdentRules } from './address/data-ident.ts';
import { type AddressedRow, payloadAddress } from './address/payload-address.ts';
import { comparePayloads, type PayloadTolerance } from './compare-payloads.ts';
import type { Converted, ConverterRegistry } from './converter-registry.ts';

/** Where payloads come from. */
export interface PayloadSources {
  readonly registry: ConverterRegistry;
  /** Stored payloads: a store, or any reader of conditions with `payload` as `get`. */
  readonly payloads: Pick<PayloadStore, 'get'>;
  /** For rows whose bulk data are files of other systems. */
  readonly files?:
    | (DataIdentRules & { readonly read: (path: string) => Promise<Uint8Array> })
    | undefined;
}

/**
 * A calibration's bulk data as a typed object, by both conversions: metadata to address, address to object.
 *
 * @param version of the object; default: the newest
 * @throws ConditionsError `absent` where the bulk data are not here, `corrupt` where they are not what was stored, `invalid`
 * where they cannot be read or converted
 */
export async function loadCalibration(
  row: AddressedRow,
  { registry, payloads, files }: PayloadSources,
  version?: string,
): Promise<Converted> {
  const { location, ...address } = payloadAddress(row, files);
  const bytes =
    location.kind === 'payload'
      ? await payloads.get(location.payload.sha256)
      : await files?.read(location.path);
  if (!bytes)
    throw new ConditionsError('absent', { what: 'no reader of files', where: address.where });
  return registry.convert({ ...address, bytes }, version);
}

/** Compares the bulk data of two calibrations constant by constant, for differences of tags. */
export function payloadComparison(
  sources: PayloadSources,
  tolerance?: PayloadTolerance,
): ComparePayloads {
  return async (before, after) => {
    const [one, other] = await Promise.all([
      loadCalibration(before, sources),
      loadCalibration(after, sources),
    ]);
    return comparePayloads(one.value, other.value, tolerance);
  };
}
