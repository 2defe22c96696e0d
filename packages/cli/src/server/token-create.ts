import type { Arguments, Command, Terminal } from '../command.ts';
import { parseExpiry, parseRoles, tokensOf } from './token-options.ts';

/** `lantern token create NAME`: a bearer token for somebody, shown once. */
export const tokenCreateCommand: Command = {
  name: 'token create',
  summary: 'Make a bearer token for the server, with roles.',
  operands: ['NAME'],
  options: {
    role: {
      value: 'ROLES',
      doc: 'Separated by commas. Default: reader.',
      details: [
        'reader       may read',
        'writer:TYPE  may register, close and supersede calibrations of a type',
        'writer:*     of all types',
        'publisher    may make, clone and move tags',
        'admin        may all that, and declare vocabularies',
      ].join('\n'),
    },
    expires: { value: 'WHEN', doc: '12h, 90d, 52w, a date, or never. Default: 90d.' },
    json: { doc: 'Print it as JSON.' },
  },
  examples: [
    ['lantern token create alice --role writer:CAL_Ped,writer:CAL_Gain', 'For a person.'],
    ['lantern token create nightly --role publisher --expires 52w', 'For a program.'],
  ],
  notes:
    'NAME stands in the log and the audit of whatever is done with it. The token is printed once:\n' +
    'only its SHA-256 is kept, in server/tokens.json of the home. A server that runs knows it at once.',
  run,
};

async function run(args: Arguments, { home, out, err }: Terminal): Promise<number> {
  const [name = ''] = args.operands;
  const roles = await parseRoles(args.option('role') ?? 'reader');
  const expires = parseExpiry(args.option('expires') ?? '90d');
  const { token, record } = await (await tokensOf(home)).create(name, roles, expires);
  if (args.has('json')) {
    const { hash: _, ...shown } = record;
    out(`${JSON.stringify({ token, ...shown }, null, 2)}\n`);
    return 0;
  }
  err(
    `token ${record.id} for ${name}: ${roles.join(', ')}, ` +
      `${record.expires === null ? 'for ever' : `until ${record.expires}`}; it is shown once\n`,
  );
  out(`${token}\n`);
  return 0;
}
