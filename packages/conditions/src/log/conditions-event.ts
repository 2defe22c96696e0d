import type { Calibration, ProcLevel } from '../model/calibration.ts';
import type { TagRule, TagState } from '../model/tag.ts';
import type { Moment, Position } from '../model/validity.ts';
import type { Vocabularies } from '../model/vocabularies.ts';

/** What may happen to conditions. Nothing else changes anything; everything can be told again from these. */
export type Change =
  | { readonly kind: 'registered'; readonly calibration: Calibration }
  /** The end of validity comes nearer, never later. */
  | {
      readonly kind: 'closed';
      readonly serNo: number;
      readonly vend: Position;
      readonly reason: string;
    }
  | {
      readonly kind: 'levelled';
      readonly serNo: number;
      readonly level: ProcLevel;
      readonly reason: string;
    }
  | { readonly kind: 'deprecated'; readonly serNo: number; readonly reason: string }
  | {
      readonly kind: 'tagCreated';
      readonly tag: string;
      readonly instrument: string;
      readonly description: string;
      readonly root: string;
      readonly origin?: string | undefined;
      readonly rule?: TagRule | undefined;
    }
  | {
      readonly kind: 'tagEdited';
      readonly tag: string;
      readonly root: string;
      readonly reason: string;
    }
  | {
      readonly kind: 'tagMoved';
      readonly tag: string;
      readonly state: TagState;
      readonly root: string;
      readonly reason: string;
    }
  | { readonly kind: 'vocabulariesDeclared'; readonly vocabularies: Vocabularies };

/** A change in the log. */
export interface ConditionsEvent {
  /** From 1, without gaps. */
  readonly seq: number;
  /** By the store's clock, strictly increasing with `seq` even where the clock goes back. */
  readonly at: Moment;
  /** Who. */
  readonly by: string;
  readonly change: Change;
}
