import type { Conditions, Head, IndexedStack, Tag, TagQuestion } from '@lantern/conditions';
import { HotAnswers } from './hot-answers.ts';
import { ResolvedWriter } from './resolved-writer.ts';

/** A stack of tags, and what writes its answers. */
export interface StackState extends IndexedStack {
  readonly writer: ResolvedWriter;
}

/** How many stacks of tags are remembered. */
const remembered = 64;

/**
 * What the log says at present, remembered until it grows: the head, tags, and indexes of stacks of tags. So most answers ask
 * no database. A change of this server's own is seen at once, one of another process as soon as the store tells.
 */
export class LogState {
  /** Answers from tags that are published now. */
  readonly hot: HotAnswers = new HotAnswers();
  readonly #conditions: Conditions;
  #head: Promise<Head> | undefined;
  #tags = new Map<string, Promise<Tag | undefined>>();
  #stacks = new Map<string, Promise<StackState>>();
  #isWatched = false;
  #stop: (() => Promise<void>) | undefined;

  private constructor(conditions: Conditions) {
    this.#conditions = conditions;
  }

  /** @throws ConditionsError where the store cannot be watched */
  static async open(conditions: Conditions): Promise<LogState> {
    const state = new LogState(conditions);
    state.#stop = await conditions.metadata.watch(() => state.forget());
    state.#isWatched = true;
    return state;
  }

  /** The last event. */
  head(): Promise<Head> {
    return this.#kept(
      this.#head,
      (head) => {
        this.#head = head;
      },
      () => this.#conditions.metadata.head(),
    );
  }

  /** A tag as it is now. */
  tag(name: string): Promise<Tag | undefined> {
    return this.#kept(
      this.#tags.get(name),
      (tag) => this.#tags.set(name, tag),
      () => this.#conditions.metadata.tag(name),
    );
  }

  /** What answers from tags are made of. @throws ConditionsError as `Conditions.resolve` does */
  stack(question: Omit<TagQuestion, 'position'>): Promise<StackState> {
    const ask = async () => {
      const stack = await this.#conditions.tagStack(question);
      return { ...stack, writer: new ResolvedWriter(stack, question.axis ?? 'time') };
    };
    if (question.asOf !== undefined) return ask();
    const key = `${question.axis ?? 'time'} ${question.tags.join(',')}`;
    return this.#kept(
      this.#stacks.get(key),
      (stack) => {
        this.#stacks.set(key, stack);
        const [oldest = ''] = this.#stacks.keys();
        if (this.#stacks.size > remembered) this.#stacks.delete(oldest);
      },
      ask,
    );
  }

  /** After a change, or when there may have been one. */
  forget(): void {
    this.#head = undefined;
    this.#tags = new Map();
    this.#stacks = new Map();
    this.hot.clear();
  }

  /** Looks at the log no more. */
  async close(): Promise<void> {
    this.#isWatched = false;
    this.forget();
    await this.#stop?.();
  }

  #kept<T>(
    known: Promise<T> | undefined,
    keep: (value: Promise<T>) => void,
    ask: () => Promise<T>,
  ): Promise<T> {
    if (known) return known;
    const asked = ask();
    if (!this.#isWatched) return asked;
    keep(asked);
    // What fails is asked for again.
    asked.catch(() => this.forget());
    return asked;
  }
}
