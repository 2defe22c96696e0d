import type { TokenRecord } from '@lantern/server';
import type { Arguments, Command, Terminal } from '../command.ts';
import { alignColumns } from '../geometry-text.ts';
import { tokensOf } from './token-options.ts';

/** `lantern token list`: whose tokens there are; the tokens themselves nobody knows any more. */
export const tokenListCommand: Command = {
  name: 'token list',
  summary: "List the server's tokens: names, roles, expiry.",
  operands: [],
  options: { json: { doc: 'Print it as JSON.' } },
  examples: [['lantern token list', 'All that were ever made, oldest first.']],
  run,
};

async function run(args: Arguments, { home, out }: Terminal): Promise<number> {
  const tokens = await (await tokensOf(home)).list();
  if (args.has('json')) {
    const shown = tokens.map(({ hash: _, ...rest }) => rest);
    out(`${JSON.stringify(shown, null, 2)}\n`);
    return 0;
  }
  const header = ['id', 'name', 'roles', 'created', 'state'];
  const rows = tokens.map((token) => [
    ...[token.id, token.name, token.roles.join(','), token.created.slice(0, 10)],
    stateOf(token),
  ]);
  out(alignColumns([header, ...rows], ['l', 'l', 'l', 'l', 'l']));
  return 0;
}

function stateOf({ expires, revoked }: TokenRecord): string {
  if (revoked !== null) return `revoked ${revoked.slice(0, 10)}`;
  if (expires === null) return 'for ever';
  return `${Date.parse(expires) <= Date.now() ? 'expired' : 'until'} ${expires.slice(0, 10)}`;
}
