import { jsonAnswer } from '../../../core/agents/json-answer.js';
import type { ToolCall, ToolSpec } from '../../../core/agents/message.js';
import { Stops } from '../../../core/agents/stops.js';
import { parseActions } from '../../../core/agents/text-actions.js';
import { bounded } from '../../../core/agents/tool-results.js';
import { GIVE_UP, REMEMBER, SUBMIT, isWrapped, toolsOf, type ToolName } from '../../../core/agents/tools.js';
import { untrusted } from '../../../core/agents/untrusted.js';
import { fail, ok, type Failure, type Result } from '../../../core/failure.js';
import { elapsedMs } from '../../../core/ids.js';
import { suggestion } from '../../../core/nearest.js';
import type { ModelAnswer } from '../../ports/models.js';
import type { Conversation } from './conversation.js';
import type { Recorder } from './recorder.js';
import type { AgentTask } from './task.js';
import type { Toolbox } from './toolbox.js';

/** What is wrong with a value, in words; nothing if it fits. */
export type Check = (value: unknown) => readonly string[];

/** How a task ended: with what was submitted, and what was to be remembered. */
type Ended = Result<{ readonly outputs: unknown; readonly lessons?: readonly unknown[] }>;

/** What became of one call: what to tell the model, or the end. */
type Called = { readonly said: string; readonly usable: boolean; readonly ok: boolean } | { readonly ended: Ended };

/** How often in a row an answer may be of no use: after that many it is told what is wrong, and then no more. */
const REPAIRS = 1;
/** Words without a call are a lesser slip. */
const REMINDERS = 2;
/** More calls of one answer are not performed: the model has not seen what came of the first ones. */
const MOST_CALLS = 20;
/** Nor is each of so many answered by itself. */
const MOST_ASKED = 200;
const MOST_FAULTS = 10;
const MOST_LESSONS = 5;

/**
 * Turns of a model with its tools, until it submits what it was asked for or there is a reason to end: each reason is a failure of its own, and leaves the tree as it is.
 */
export class Loop {
  readonly #stops: Stops;
  /** Answers in a row that nothing could be done with. */
  #useless = 0;
  /** Whether a submission was refused, and is asked for once more. */
  #isRepair = false;
  readonly #lessons: unknown[] = [];

  /** `checks`: of what each tool is called with. `submitted`: of what the step returns. */
  constructor(
    private readonly task: AgentTask,
    private readonly talk: Conversation,
    private readonly toolbox: Toolbox,
    private readonly record: Recorder,
    private readonly specs: readonly ToolSpec[],
    private readonly checks: ReadonlyMap<string, Check>,
  ) {
    this.#stops = new Stops(task.node.key);
  }

  async run(): Promise<Ended> {
    const ended = await this.#turns();
    return ended.ok && this.#lessons.length > 0 ? ok({ ...ended.value, lessons: this.#lessons }) : ended;
  }

  async #turns(): Promise<Ended> {
    for (;;) {
      const over = this.talk.over();
      if (over !== null) return fail(over);
      const answered = await this.talk.ask(this.#isJson ? this.#askJson() : { tools: this.specs });
      if (!answered.ok) return answered;
      const ended = (await this.#heed(answered.value)) ?? this.#stopped();
      if (ended !== null) return ended;
    }
  }

  /** A result that nothing is to be looked up or changed for, or that did not fit: the server then sees to its shape. */
  get #isJson(): boolean {
    const { agent, readOnly, returns } = this.task;
    return returns !== undefined && (this.#isRepair || toolsOf(agent, readOnly).length === 0);
  }

  #askJson(): Parameters<Conversation['ask']>[0] {
    const { returns = {} } = this.task;
    const line = `Answer with nothing but JSON that fits this JSON Schema: ${JSON.stringify(returns)}`;
    return { tools: [], format: returns, line };
  }

  #stopped(): Ended | null {
    const stop = this.#stops.turned();
    return stop === null ? null : fail(stop);
  }

  /** Does what an answer asks for. Null: the conversation goes on. */
  async #heed(answer: ModelAnswer): Promise<Ended | null> {
    const { node, returns } = this.task;
    if (answer.end === 'refused')
      return fail({ class: 'agent-gave-up', step: node.key, reason: 'The model refused to answer.' });
    const read = this.#read(answer);
    if (!read.ok) {
      this.talk.say({ role: 'assistant', text: answer.text, calls: [] });
      return this.#repair(read.failure, REPAIRS);
    }
    const { text, calls } = read.value;
    const json = returns !== undefined && calls.length === 0 ? jsonAnswer(text) : undefined;
    if (json !== undefined || this.#isJson) {
      this.talk.say({ role: 'assistant', text, calls: [] });
      return this.#returned(json);
    }
    this.talk.say({ role: 'assistant', text, calls });
    if (calls.length === 0)
      return this.#repair(
        `You called no tool. Call one, ${SUBMIT} if all is done, or ${GIVE_UP} if it cannot be.`,
        REMINDERS,
      );
    const over = this.talk.over();
    if (over !== null && !calls.some(({ name }) => name === SUBMIT || name === GIVE_UP)) return fail(over);
    return this.#perform(calls);
  }

  /** The calls of an answer; fails with why none of it can be taken. */
  #read({
    text,
    calls,
    end,
  }: ModelAnswer): Result<{ readonly text: string; readonly calls: readonly ToolCall[] }, string> {
    if (end === 'length')
      return fail(
        'Your answer was cut at its greatest length, and nothing of it was done. Say less, and do it in smaller parts.',
      );
    if (calls.length > MOST_ASKED) return fail(`You called ${String(calls.length)} tools in one answer.`);
    return this.talk.isText && !this.#isJson
      ? parseActions(text, this.specs, `call-${String(this.talk.turns)}`)
      : ok({ text, calls });
  }

  async #perform(calls: readonly ToolCall[]): Promise<Ended | null> {
    let isUseful = false;
    let failed: string | null = null;
    const why: string[] = [];
    for (const [index, call] of calls.entries()) {
      const { clock } = this.task.context.tools;
      const before = clock.now();
      const isEnd = call.name === SUBMIT || call.name === GIVE_UP;
      const called: Called =
        index >= MOST_CALLS
          ? { said: `Not done: at most ${String(MOST_CALLS)} calls of one answer are.`, usable: false, ok: false }
          : isEnd && failed !== null
            ? { said: `Not taken, since your call of ${failed} before it failed.`, usable: true, ok: false }
            : await this.#call(call);
      if ('ended' in called) {
        const { ended } = called;
        const text = ended.ok ? 'taken' : ended.failure.class;
        this.#noted(call, ended.ok, text, elapsedMs(before, clock.now()));
        return ended;
      }
      if (called.usable) isUseful = true;
      else why.push(called.said);
      if (!called.ok) failed = call.name;
      this.#noted(call, called.ok, called.said, elapsedMs(before, clock.now()));
      this.talk.say({ role: 'tool', call: call.id, name: call.name, text: called.said });
    }
    if (isUseful) this.#useless = 0;
    else return this.#tooMany(why.join(' '), REPAIRS);
    return null;
  }

  #noted(call: ToolCall, isOk: boolean, text: string, ms: number): void {
    this.record.result(call, { turn: this.talk.turns, ok: isOk, text, ms });
  }

  async #call(call: ToolCall): Promise<Called> {
    const useless = (said: string): Called => ({ said, usable: false, ok: false });
    const check = this.checks.get(call.name);
    const names = this.specs.map(({ name }) => name);
    if (check === undefined)
      return useless(
        `There is no tool ${JSON.stringify(call.name.slice(0, 100))}. ${suggestion(call.name.slice(0, 100), names, 'tools')} The tools are ${names.join(', ')}.`,
      );
    if (!call.arguments.ok) return useless(`What you called ${call.name} with is no JSON object.`);
    const { value } = call.arguments;
    const faults = check(value);
    if (faults.length > 0) {
      if (call.name !== SUBMIT || this.task.returns === undefined) return useless(faultText(call.name, faults));
      return this.#refused(faults);
    }
    if (call.name === GIVE_UP) {
      const reason = bounded(String(value['reason']), 2000);
      return { ended: fail({ class: 'agent-gave-up', step: this.task.node.key, reason }) };
    }
    if (call.name === REMEMBER) return this.#remember(value);
    if (call.name === SUBMIT) return { ended: ok({ outputs: isWrapped(this.task.returns) ? value['result'] : value }) };
    return this.#use(call.name as ToolName, value);
  }

  #remember(lesson: Readonly<Record<string, unknown>>): Called {
    if (this.#lessons.length >= MOST_LESSONS)
      return { said: `Not kept: a step has at most ${String(MOST_LESSONS)} lessons.`, usable: true, ok: true };
    this.#lessons.push(lesson);
    return { said: 'Noted as a proposal.', usable: true, ok: true };
  }

  async #use(name: ToolName, value: Readonly<Record<string, unknown>>): Promise<Called> {
    const performed = await this.toolbox.perform(name, value);
    if (!performed.ok) return { ended: performed };
    const { ok: isOk, text, changed } = performed.value;
    const call = JSON.stringify([name, value]);
    const warning = this.#stops.saw({ name, call, result: text, ok: isOk, changed });
    const shown = untrusted(isOk ? `what ${name} shows` : `why ${name} failed`, text, this.task.context.tools.sha256);
    return { said: warning === null ? shown : `${shown}\n${warning}`, usable: true, ok: isOk };
  }

  /** A result that came as JSON, without a call. */
  #returned(value: unknown): Ended | null {
    const { returns } = this.task;
    const check = this.checks.get(SUBMIT);
    const faults =
      value === undefined ? ['it is no JSON'] : (check?.(isWrapped(returns) ? { result: value } : value) ?? []);
    if (faults.length === 0) return ok({ outputs: value });
    const refused = this.#refused(faults);
    if ('ended' in refused) return refused.ended;
    this.record.note(refused.said);
    this.talk.say({ role: 'user', text: refused.said });
    return null;
  }

  /** A result that does not fit is asked for once more, with what is wrong with it. */
  #refused(faults: readonly string[]): Called {
    if (this.#isRepair) return { ended: fail(this.#invalid(faults.join('; '))) };
    this.#isRepair = true;
    return { said: faultText(SUBMIT, faults), usable: true, ok: false };
  }

  #repair(said: string, most: number): Ended | null {
    const ended = this.#tooMany(said, most);
    if (ended !== null) return ended;
    this.record.note(said);
    this.talk.say({ role: 'user', text: said });
    return null;
  }

  #tooMany(why: string, most: number): Ended | null {
    this.#useless += 1;
    return this.#useless > most ? fail(this.#invalid(why)) : null;
  }

  #invalid(why: string): Failure {
    return { class: 'model-output-invalid', step: this.task.node.key, why: bounded(why, 2000) };
  }
}

const faultText = (tool: string, faults: readonly string[]): string =>
  `What you called ${tool} with does not fit: ${faults.slice(0, MOST_FAULTS).join('; ')}. Call it again with all of it right.`;
