import { ConditionsError } from '../errors.ts';
import type { TagState } from '../model/tag.ts';

/**
 * The life of a tag. OPEN is being made; TESTING and VALIDATED are fixed, and may go back to OPEN; PUBLISHED is fixed for
 * ever; RUNNING is in use and grows at its ends; INVALID must not be used any more. (States as in Belle II's conditions
 * database, anchors A2.) [TAG1]
 */
export const nextStates: Readonly<Record<TagState, readonly TagState[]>> = {
  OPEN: ['TESTING', 'INVALID'],
  TESTING: ['OPEN', 'VALIDATED', 'INVALID'],
  VALIDATED: ['OPEN', 'PUBLISHED', 'RUNNING', 'INVALID'],
  RUNNING: ['PUBLISHED', 'INVALID'],
  PUBLISHED: ['INVALID'],
  INVALID: [],
};

/** What may happen to the lines of a tag. */
export type EditRight = 'any' | 'append' | 'none';

/** By the state of the tag. [TAG2] */
export const editRights: Readonly<Record<TagState, EditRight>> = {
  OPEN: 'any',
  TESTING: 'none',
  VALIDATED: 'none',
  RUNNING: 'append',
  PUBLISHED: 'none',
  INVALID: 'none',
};

/** Whether the text is a state. */
function isTagState(text: string): text is TagState {
  return Object.hasOwn(nextStates, text);
}

/** @throws ConditionsError `conflict` for a transition that is not legal, `invalid` for what is no state */
export function checkTransition(tag: string, from: TagState, to: string): asserts to is TagState {
  if (!isTagState(to)) {
    throw new ConditionsError('invalid', {
      what: 'no state of a tag',
      where: `tag ${tag}`,
      given: `'${to}'`,
      expected: Object.keys(nextStates).join(', '),
    });
  }
  if (nextStates[from].includes(to)) return;
  const path = pathOfStates(from, to);
  throw new ConditionsError('conflict', {
    what: `a tag that is ${from} does not become ${to}`,
    where: `tag ${tag}`,
    expected: nextStates[from].join(' or ') || 'no other state: clone it',
    hint: path && `the way is ${[from, ...path].join(', ')}`,
  });
}

/**
 * The shortest legal way between two states, without going back to OPEN and never through INVALID.
 *
 * @returns the states after the first; undefined where there is no way
 */
export function pathOfStates(from: TagState, to: TagState): readonly TagState[] | undefined {
  const ways: TagState[][] = nextStates[from].map((state) => [state]);
  for (const way of ways) {
    const last = way.at(-1)!;
    if (last === to) return way;
    if (way.length > 4 || last === 'INVALID' || last === 'OPEN') continue;
    ways.push(...nextStates[last].map((state) => [...way, state]));
  }
  return undefined;
}
