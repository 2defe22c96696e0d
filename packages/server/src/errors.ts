import { LanternError } from '@lantern/units';

/** What the HTTP layer itself refuses; what conditions refuse is a ConditionsError. */
export type RefusalKind =
  /** Nobody said who asks, or the token is not valid. */
  | 'unauthenticated'
  /** Who asks lacks the role. */
  | 'forbidden'
  /** More bytes than the server takes. */
  | 'tooLarge'
  /** More requests than the server takes of one client. */
  | 'tooMany'
  /** No such path. */
  | 'noRoute'
  /** The request does not fit its schema. */
  | 'malformed'
  /** A file of the server (tokens, audit) that cannot be read or written. */
  | 'unavailable';

/** A request that the server refuses before conditions see it, or a file of its own that fails. */
export class ServerError extends LanternError {
  readonly kind: RefusalKind;
  /** Seconds after which it may be tried again. */
  readonly retryAfter: number | undefined;

  constructor(kind: RefusalKind, parts: LanternError['parts'], retryAfter?: number) {
    super(parts);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }
}
