import {
  type Calibration,
  type CalibrationDraft,
  Conditions,
  MemoryMetadataStore,
  MemoryPayloadStore,
  type Moment,
  type Vocabularies,
} from '../src/index.ts';

/** Who does it in tests. */
export const me = { by: 'tester' };

/** Conditions in memory, whose clock goes on by a second at each look. */
export async function someConditions(vocabularies: Vocabularies = {}): Promise<Conditions> {
  let now: Moment = 0n;
  const clock = () => {
    now += 1_000_000_000n;
    return now;
  };
  const conditions = new Conditions(new MemoryMetadataStore(clock), new MemoryPayloadStore());
  if (Object.keys(vocabularies).length > 0) await conditions.declare(vocabularies, me);
  return conditions;
}

/** A draft with what the tests do not care about. */
export function someDraft(given: Partial<CalibrationDraft> = {}): CalibrationDraft {
  return {
    instrument: 'LAT',
    calibType: 'CAL_Ped',
    flavor: 'vanilla',
    vstart: 0n,
    dataFmt: 'XML',
    fmtVersion: 'v1',
    ...given,
  };
}

let payloads = 0;

/** Registers a draft with a payload that nobody else has. */
export async function registered(
  conditions: Conditions,
  given: Partial<CalibrationDraft> = {},
  text = `payload ${payloads++}`,
): Promise<Calibration> {
  const bytes = new TextEncoder().encode(text);
  const { calibration } = await conditions.register({ draft: someDraft(given), bytes }, me);
  return calibration;
}
