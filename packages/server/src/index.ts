export { ServerError } from './errors.ts';
export { isRole, type Role } from './identity/identity.ts';
export { TokenFile, type TokenRecord } from './identity/token-file.ts';
