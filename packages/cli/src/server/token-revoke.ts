import type { Arguments, Command, Terminal } from '../command.ts';
import { tokensOf } from './token-options.ts';

/** `lantern token revoke ID`: one token, or all of a name. */
export const tokenRevokeCommand: Command = {
  name: 'token revoke',
  summary: 'Revoke a token by its id, or all of a name.',
  operands: ['ID'],
  options: {},
  examples: [
    ['lantern token revoke 3f9a0c1d', 'One token; a server that runs refuses it within a second.'],
    ['lantern token revoke alice', 'All of hers.'],
  ],
  run,
};

async function run(args: Arguments, { home, out }: Terminal): Promise<number> {
  const [id = ''] = args.operands;
  const revoked = await (await tokensOf(home)).revoke(id);
  for (const token of revoked) out(`revoked ${token.id} of ${token.name}\n`);
  if (revoked.length === 0) out('it was revoked before\n');
  return 0;
}
