import { ConditionsError } from '../errors.ts';
import { isPlainText } from '../model/text.ts';

/** Who changes something, and why. */
export interface Author {
  readonly by: string;
  /** What the log says of it; default ''. */
  readonly reason?: string | undefined;
}

const maxBy = 255;
const maxReason = 65_536;

/**
 * The author as the log has it. [LOG8]
 *
 * @throws ConditionsError `invalid` without a name, and for what is no text
 */
export function checkedAuthor({ by, reason = '' }: Author): Required<Author> & { reason: string } {
  const fail = (what: string, given: string, expected: string): never => {
    throw new ConditionsError('invalid', { what, where: 'who changes it', given, expected });
  };
  if (typeof by !== 'string' || by.trim() === '') return fail('nobody', `'${by}'`, 'a name');
  if (by.length > maxBy || !isPlainText(by) || /\p{Cc}/u.test(by)) {
    return fail('no name', JSON.stringify(by.slice(0, 80)), `at most ${maxBy} letters of Unicode`);
  }
  if (typeof reason !== 'string' || reason.length > maxReason || !isPlainText(reason)) {
    return fail('no reason', typeof reason, `at most ${maxReason} letters of Unicode without NUL`);
  }
  return { by, reason };
}
