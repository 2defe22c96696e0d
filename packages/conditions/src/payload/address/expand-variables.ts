import { nearest } from '@lantern/units';
import { ConditionsError } from '../../errors.ts';

const reference = /\$(?:\(([^()]*)\)|\{([^{}]*)\}|([A-Za-z_]\w*))/g;

/**
 * Replaces `$(NAME)`, `${NAME}` and `$NAME` by what they stand for, once: what a variable holds is not expanded again.
 *
 * @param variables those that may be used: an experiment names them, the environment as a whole is never given
 * @param where for errors
 * @throws ConditionsError `invalid` that names the variable, where it is not one of these, empty, or not closed
 */
export function expandVariables(
  text: string,
  variables: Readonly<Record<string, string | undefined>>,
  where: string,
): string {
  const pieces: string[] = [];
  let end = 0;
  for (const match of text.matchAll(reference)) {
    pieces.push(plain(text.slice(end, match.index), text, where));
    end = match.index + match[0].length;
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value === undefined || value === '') throw unknown(name, value, variables, where);
    pieces.push(value);
  }
  return pieces.join('') + plain(text.slice(end), text, where);
}

function plain(piece: string, text: string, where: string): string {
  if (!piece.includes('$')) return piece;
  throw new ConditionsError('invalid', {
    what: 'a $ that begins no variable',
    where,
    given: `'${text}'`,
    expected: '$(NAME), $NAME, or NAME in curly brackets behind a $',
  });
}

function unknown(
  name: string,
  value: string | undefined,
  variables: Readonly<Record<string, string | undefined>>,
  where: string,
): ConditionsError {
  const names = Object.keys(variables);
  const near = nearest(name, names);
  return new ConditionsError('invalid', {
    what: value === '' ? 'the variable is empty' : 'the variable is not set, or may not be used',
    where,
    given: `$(${name})`,
    expected: names.length > 0 ? `one of ${names.join(', ')}` : 'none: no variables are allowed',
    hint: near && near !== name ? `did you mean $(${near})?` : undefined,
  });
}
