import { LanternError } from '@lantern/units';

/** A file is not what its format or its reader asks for, or cannot be read or written. Names the file. */
export class FormatError extends LanternError {}
