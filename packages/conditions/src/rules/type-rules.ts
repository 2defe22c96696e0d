import type { TypeRules, Vocabularies } from '../model/vocabularies.ts';

/** Rules with nothing left open. */
export type FullTypeRules = {
  readonly [K in keyof TypeRules]-?: Exclude<TypeRules[K], undefined>;
};

/** What holds for types that say nothing else. */
const defaultRules: FullTypeRules = {
  overlap: 'close',
  refuseGaps: false,
  required: [],
  assertions: [],
  refuseUnchanged: true,
  refuseUnreadable: false,
};

/** The rules of a calibration type: its own, then those of `*`, then the defaults; the assertions of both. [INS1] */
export function rulesFor(vocabularies: Vocabularies, calibType: string): FullTypeRules {
  const own = vocabularies.rules ?? {};
  const rules = [own['*'], Object.hasOwn(own, calibType) ? own[calibType] : undefined];
  return rules.reduce<FullTypeRules>(
    (sum, some) => ({
      overlap: some?.overlap ?? sum.overlap,
      refuseGaps: some?.refuseGaps ?? sum.refuseGaps,
      required: some?.required ?? sum.required,
      assertions: [...sum.assertions, ...(some?.assertions ?? [])],
      refuseUnchanged: some?.refuseUnchanged ?? sum.refuseUnchanged,
      refuseUnreadable: some?.refuseUnreadable ?? sum.refuseUnreadable,
    }),
    defaultRules,
  );
}

/** The same, put together once for each type. */
export function rulesByType(vocabularies: Vocabularies): (calibType: string) => FullTypeRules {
  const known = new Map<string, FullTypeRules>();
  return (calibType) => {
    const rules = known.get(calibType) ?? rulesFor(vocabularies, calibType);
    known.set(calibType, rules);
    return rules;
  };
}
