export { ServerError } from './errors.ts';
export { readSettings } from './http/read-settings.ts';
export type { ServerSettings } from './http/settings.ts';
export { isRole, type Role } from './identity/identity.ts';
export { TokenFile, type TokenRecord } from './identity/token-file.ts';
export type { Listening } from './listen.ts';
export { startServer } from './start-server.ts';
