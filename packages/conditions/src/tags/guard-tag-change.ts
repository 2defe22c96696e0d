import { ConditionsError } from '../errors.ts';
import type { TagChange } from '../log/apply-change.ts';
import type { Tag } from '../model/tag.ts';
import { checkTransition, editRights } from './tag-states.ts';

/**
 * The rules that hold for a tag whoever asks, by whatever way: stores apply them to each change before they append it, so
 * that no route around `Conditions` alters a fixed tag. [TAG3]
 *
 * @param tag as it is; undefined where there is none of this name
 * @throws ConditionsError `conflict` for a name that is taken, a fixed tag, a transition that is not legal; `absent`
 */
export function guardTagChange(tag: Tag | undefined, change: TagChange): void {
  if (change.kind === 'tagCreated') {
    if (tag) throw refusal(change.tag, 'conflict', 'a tag of this name is there already');
    return;
  }
  if (!tag) throw refusal(change.tag, 'absent', 'there is no such tag');
  if (change.kind === 'tagEdited') {
    if (editRights[tag.state] === 'none') throw fixed(tag);
    if (tag.rule && tag.state === 'OPEN') throw byRule(tag);
    return;
  }
  checkTransition(tag.name, tag.state, change.state);
  const isWrittenDown = tag.rule && (change.state === 'PUBLISHED' || change.state === 'RUNNING');
  if (change.root !== tag.root && !isWrittenDown) {
    throw refusal(tag.name, 'conflict', 'a change of state does not change the lines of a tag');
  }
}

/** What someone is told who edits a tag that is fixed. */
export function fixed({ name, state }: Tag): ConditionsError {
  return new ConditionsError('conflict', {
    what: `a tag that is ${state} is not edited`,
    where: `tag ${name}`,
    expected: 'OPEN, or RUNNING for new intervals at its ends',
    hint:
      state === 'TESTING' || state === 'VALIDATED'
        ? 'move it back to OPEN, or clone it'
        : 'clone it',
  });
}

/** What someone is told who edits a tag that has no lines of its own yet. */
export function byRule({ name }: Tag): ConditionsError {
  return new ConditionsError('conflict', {
    what: 'a tag by rule has no entries to edit',
    where: `tag ${name}`,
    hint: 'clone it with its lines written down, and edit the clone',
  });
}

function refusal(tag: string, kind: 'conflict' | 'absent', what: string): ConditionsError {
  return new ConditionsError(kind, { what, where: `tag ${tag}` });
}
