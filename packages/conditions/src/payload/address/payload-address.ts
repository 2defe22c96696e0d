import { ConditionsError } from '../../errors.ts';
import type { Calibration, PayloadReference } from '../../model/calibration.ts';
import { type DataIdentRules, resolveDataIdent } from './data-ident.ts';

/** Where bulk data are and what they are: what the first conversion, of metadata, makes for the second. */
export interface PayloadAddress {
  readonly calibType: string;
  readonly dataFmt: string;
  readonly fmtVersion: string;
  /** `serNo 12`, for errors. */
  readonly where: string;
  readonly location:
    | { readonly kind: 'payload'; readonly payload: PayloadReference }
    | { readonly kind: 'file'; readonly path: string };
}

/** What an address is made of. */
export type AddressedRow = Pick<
  Calibration,
  'serNo' | 'calibType' | 'dataFmt' | 'fmtVersion' | 'dataIdent' | 'payload'
>;

/**
 * The address of a calibration's bulk data: the payload that is stored with it, else the file that `dataIdent` names.
 *
 * @param rules where files may be; without them only stored payloads have an address
 * @throws ConditionsError `absent` where it has neither
 */
export function payloadAddress(row: AddressedRow, rules?: DataIdentRules): PayloadAddress {
  const { serNo, calibType, dataFmt, fmtVersion, dataIdent, payload } = row;
  const where = `serNo ${serNo}`;
  const common = { calibType, dataFmt, fmtVersion, where };
  if (payload) return { ...common, location: { kind: 'payload', payload } };
  if (dataIdent !== '' && rules) {
    const path = resolveDataIdent(dataIdent, rules, where);
    return { ...common, location: { kind: 'file', path } };
  }
  throw new ConditionsError('absent', {
    what: 'its bulk data are not here',
    where,
    given: dataIdent === '' ? 'no payload and no dataIdent' : `dataIdent '${dataIdent}'`,
    hint: dataIdent === '' ? undefined : 'tell which folders such files may be in',
  });
}
