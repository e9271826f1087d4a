import { left, stricter, usedUp, type Bounds } from '../../../core/agents/budget.js';
import { FIRST_GUESS, charsPerToken, compacted } from '../../../core/agents/compaction.js';
import { asText, charsOf, endingWith } from '../../../core/agents/history.js';
import type { Message, ToolSpec } from '../../../core/agents/message.js';
import { INTERRUPTED, leftText } from '../../../core/agents/prompt.js';
import type { SoFar } from '../../../core/agents/so-far.js';
import { costOf } from '../../../core/agents/usage.js';
import { fail, type Failure, type Result } from '../../../core/failure.js';
import { elapsedMs, type Instant } from '../../../core/ids.js';
import type { ModelAnswer, ModelRequest } from '../../ports/models.js';
import { factsOf } from '../context.js';
import { timeLimit } from '../place.js';
import type { Backend, Backends } from './backends.js';
import type { Recorder } from './recorder.js';
import type { AgentTask } from './task.js';

/** Answers that an agent may have in one step where it says nothing of it. */
const DEFAULT_TURNS = 60;

/** What a model is asked for beside what was said so far. */
export type Ask = Pick<ModelRequest, 'tools' | 'format'> & { readonly line?: string };

/** The conversation with a model, within its window, the step's time and the order's budget. */
export class Conversation {
  readonly #startedAt: Instant;
  readonly #bounds: Bounds;
  #messages: readonly Message[] = [];
  #charsPerToken = FIRST_GUESS;
  #turns = 0;

  constructor(
    private readonly task: AgentTask,
    private readonly backends: Backends,
    private backend: Backend,
    private readonly record: Recorder,
  ) {
    this.#startedAt = task.context.tools.clock.now();
    this.#bounds = { turns: DEFAULT_TURNS, ...task.agent.budget };
  }

  /** Answers so far, with those of a conversation that is gone on with. */
  get turns(): number {
    return this.#turns;
  }

  get isText(): boolean {
    return this.backend.facts.calls === 'text';
  }

  /** How many characters the model can read at all. */
  get window(): number {
    return Math.floor(this.backend.facts.contextTokens * this.#charsPerToken);
  }

  /** What is left of the order's budget and of the agent's own. */
  get left(): Bounds {
    const { context, node } = this.task;
    return stricter(context.ledger.left, left(this.#bounds, { spent: context.ledger.own(node.key) }));
  }

  readonly timeLeft = (): ReturnType<typeof timeLimit> => {
    const { context, node } = this.task;
    return timeLimit(context, node, elapsedMs(this.#startedAt, context.tools.clock.now()));
  };

  /** Goes on with what was said before this process had a part in it. */
  resume({ messages, turns }: SoFar): void {
    this.say(...messages, { role: 'user', text: INTERRUPTED });
    this.#turns += turns;
  }

  say(...messages: readonly Message[]): void {
    this.#messages = [...this.#messages, ...messages];
  }

  /** Why there is to be no further answer, nor anything done about the last one. */
  over(): Failure | null {
    const { context, node } = this.task;
    if (context.signal.aborted) return { class: 'claim-lost', order: context.journal.order.record.id };
    const { ms, failure } = this.timeLeft();
    if (ms <= 0) return failure;
    const used = context.ledger.usedUp ?? usedUp(this.#bounds, { spent: context.ledger.own(node.key) });
    return used === null ? null : { class: 'budget-exhausted', step: node.key, ...used };
  }

  /** The next answer: of the next model that the agent names, where one does not answer any more. */
  async ask(ask: Ask): Promise<Result<ModelAnswer>> {
    const { clock } = this.task.context.tools;
    for (;;) {
      const messages = this.#fitting(ask.tools);
      const before = clock.now();
      const answered = await this.#inTime(this.#request(messages, ask));
      if (answered.ok) {
        this.#count(charsOf(messages, ask.tools), answered.value, elapsedMs(before, clock.now()));
        return answered;
      }
      const { signal } = this.task.context;
      const over = signal.aborted || this.timeLeft().ms <= 0 ? this.over() : null;
      if (over !== null) return fail(over);
      if (answered.failure.class !== 'model-unavailable') return answered;
      this.record.note(`${answered.failure.model} is not available: ${answered.failure.why}`);
      const next = await this.backends.next(answered.failure);
      if (!next.ok) return next;
      this.#goOnWith(next.value);
    }
  }

  #goOnWith(backend: Backend): void {
    const { context, node } = this.task;
    this.backend = backend;
    this.#charsPerToken = FIRST_GUESS;
    const facts = factsOf(context, node.key);
    facts.models = [...(facts.models ?? []), backend.facts];
    this.record.note(`going on with ${backend.facts.name}: ${backend.facts.model}`);
  }

  /** What was said so far, as long as fits, in the way that the model understands. */
  #fitting(tools: readonly ToolSpec[]): readonly Message[] {
    const shorter = compacted(this.#messages, this.window, charsOf([], tools));
    if (shorter !== this.#messages) {
      const [from, to] = [charsOf(this.#messages), charsOf(shorter)];
      this.record.note(`history made shorter, from ${String(from)} characters to ${String(to)}`);
    }
    this.#messages = shorter;
    return this.isText ? asText(shorter, tools) : shorter;
  }

  #request(messages: readonly Message[], { tools, format, line }: Ask): ModelRequest {
    const { left } = this;
    const last = [...(line === undefined ? [] : [line]), leftText(left, this.timeLeft().ms)].join('\n\n');
    const native = this.isText ? [] : tools;
    const room = this.backend.facts.contextTokens - Math.ceil(charsOf(messages, native) / this.#charsPerToken);
    return {
      messages: endingWith(messages, last),
      tools: native,
      ...(format === undefined ? {} : { format }),
      maxOutputTokens: Math.max(1, Math.floor(Math.min(room, left.tokens ?? Infinity))),
    };
  }

  async #inTime(request: ModelRequest): Promise<Result<ModelAnswer>> {
    const { signal, tools } = this.task.context;
    const [done, late] = [new AbortController(), new AbortController()];
    const timer = tools.clock.sleep(this.timeLeft().ms, done.signal).then(() => {
      if (!done.signal.aborted) late.abort();
    });
    try {
      return await this.backend.model.answer(request, AbortSignal.any([signal, late.signal]));
    } finally {
      done.abort();
      await timer;
    }
  }

  #count(chars: number, answer: ModelAnswer, ms: number): void {
    const { text, calls, end, inputTokens, outputTokens } = answer;
    const { context, node } = this.task;
    this.#turns += 1;
    this.#charsPerToken = charsPerToken(chars, inputTokens);
    const costUsd = costOf({ inputTokens, outputTokens }, this.backend.model.spec.price);
    const usage = { turns: 1, inputTokens, outputTokens, costUsd };
    context.ledger.spend(node.key, usage);
    this.record.answer({ turn: this.#turns, text, calls, usage, end, ms });
  }
}
