import type { Condition } from '../index/tag-index.ts';

/** For a table of conditions: equal ones have equal texts, and no others. */
export function conditionKey({ calibType, flavor, axis }: Condition): string {
  return `${calibType}\u0000${flavor}\u0000${axis}`;
}

/** A condition in words: `CAL_Ped/vanilla`, and the axis where it is not time. */
export function conditionName({ calibType, flavor, axis }: Condition): string {
  return axis === 'time' ? `${calibType}/${flavor}` : `${calibType}/${flavor} by ${axis}`;
}

/** The condition alone, of what has more. */
export function conditionOf({ calibType, flavor, axis }: Condition): Condition {
  return { calibType, flavor, axis };
}
