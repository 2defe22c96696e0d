import type { Conditions } from '../conditions.ts';
import type { ConditionsReader } from './conditions-reader.ts';

/** What changes conditions, wherever they are: in this process, or on a server. */
export type ConditionsWriter = Pick<
  Conditions,
  'register' | 'registerMany' | 'close' | 'supersede' | 'promote' | 'deprecate' | 'declare'
>;

/** What changes tags, wherever they are. */
export type TagWriter = Pick<
  Conditions,
  'createTag' | 'putInTag' | 'removeFromTag' | 'moveTag' | 'planTagUpdate' | 'updateTag'
>;

/** What compares, checks and explains, wherever the conditions are. */
export type TagAnalysis = Pick<Conditions, 'diff' | 'coverage' | 'requireCoverage' | 'explain'>;

/** What reads and changes conditions and tags. */
export type ConditionsAccess = ConditionsReader & ConditionsWriter & TagWriter;
