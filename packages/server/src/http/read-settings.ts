import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ServerError } from '../errors.ts';
import { isRole, type Role } from '../identity/identity.ts';
import { defaultSettings, type ServerSettings } from './settings.ts';

const rate = z.strictObject({
  perSecond: z.number().positive(),
  burst: z.number().int().positive(),
});
const role = z.custom<Role>((word) => typeof word === 'string' && isRole(word), 'no role');
const bytes = z.number().int().positive();

const fileSchema = z.strictObject({
  anonymousRead: z.boolean().optional(),
  issuers: z
    .array(
      z.strictObject({
        issuer: z.url(),
        audience: z.string().min(1),
        groups: z.record(z.string(), z.array(role)).optional(),
      }),
    )
    .optional(),
  reads: rate.optional(),
  writes: rate.optional(),
  failures: rate.optional(),
  bodyLimit: bytes.optional(),
  payloadLimit: bytes.optional(),
  trustedProxies: z.array(z.string()).optional(),
  hsfInstrument: z.string().min(1).nullable().optional(),
  hsfAnonymousRoles: z.array(role).optional(),
});

/**
 * The settings of a server: those of its file, the default ones for what it does not say.
 *
 * @param path `<home>/server/config.json`; there need not be one
 * @throws ServerError `malformed` that names the file and the setting
 */
export async function readSettings(path: string): Promise<ServerSettings> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return defaultSettings;
    throw new ServerError('unavailable', { what: 'cannot be read', where: path, cause });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ServerError('malformed', { what: 'no JSON', where: path, cause });
  }
  const result = fileSchema.safeParse(json);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new ServerError('malformed', {
      what: `not the settings of a server: ${issue?.message}`,
      where: [path, ...(issue?.path ?? [])].join(': '),
    });
  }
  const given = Object.entries(result.data).filter(([, value]) => value !== undefined);
  const { hsfInstrument } = result.data;
  return Object.freeze({
    ...defaultSettings,
    ...Object.fromEntries(given),
    ...(hsfInstrument !== undefined && { hsfInstrument: hsfInstrument ?? undefined }),
  });
}
