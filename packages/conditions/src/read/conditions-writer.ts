import type { Conditions } from '../conditions.ts';
import type { ConditionsReader } from './conditions-reader.ts';

/** What changes conditions, wherever they are: in this process, or on a server. */
export type ConditionsWriter = Pick<
  Conditions,
  'register' | 'registerMany' | 'close' | 'supersede' | 'promote' | 'deprecate' | 'declare'
>;

/** What reads and changes them. */
export type ConditionsAccess = ConditionsReader & ConditionsWriter;
