import type { CallArguments } from '../../../core/agents/message.js';
import { mayExecute } from '../../../core/agents/exec-allow.js';
import {
  MOST_FOUND,
  bounded,
  foundLines,
  lineAt,
  listing,
  numbered,
  replacedOnce,
} from '../../../core/agents/tool-results.js';
import { execScript, listScript, readScript, searchScript, writeScript } from '../../../core/agents/tool-scripts.js';
import type { ToolName } from '../../../core/agents/tools.js';
import { treePath } from '../../../core/agents/tree-path.js';
import { fail, ok, type Failure, type Result } from '../../../core/failure.js';
import { HeadAndTail } from '../../../core/head-and-tail.js';
import { breaches } from '../../../core/scope.js';
import { exceededText } from '../../../core/step-limits.js';
import { revealCharacters } from '../../../core/visible.js';
import { factsOf } from '../context.js';
import { execute, openPlace, type StepPlace } from '../place.js';
import { scopesOf } from '../snapshot.js';
import type { HandedSecret } from '../../ports/sandbox.js';
import type { AgentTask } from './task.js';

/** What came of a call. */
export interface ToolResult {
  readonly ok: boolean;
  /** What the model is shown: masked, and cut at its bound. */
  readonly text: string;
  /** Whether files of the tree were changed by it. */
  readonly changed: boolean;
}

/** Arguments that fit the tool's schema. */
type Arguments = Extract<CallArguments, { ok: true }>['value'];

/** What a tool comes to: words for the model where it did not work, a failure where the step cannot go on. */
type Outcome = Result<Result<{ readonly text: string; readonly changed?: boolean }, string>>;

/** How long a step may go on, and what it has come to when that is over. */
export type TimeLeft = () => { readonly ms: number; readonly failure: Failure };

const DEFAULT_SECONDS = 300;
/** What a tool other than `exec` may take: more is a file system that does not answer, or a regular expression without end. */
const OWN_MS = 60_000;
const OWN_BYTES = 8_000_000;
const EXEC_HEAD_BYTES = 64 * 1024;
const EXEC_TAIL_BYTES = 192 * 1024;
/** Colours and the like, which no model needs to be shown. */
const ANSI = /\u001b\[[0-9;?]*[A-Za-z]/g;

/** The tools of one agent, at work in the sandbox on its tree. Every call is a fresh shell there. */
export class Toolbox {
  #place: StepPlace | null = null;

  /** `most`: how many characters of a result the model is shown. */
  constructor(
    private readonly task: AgentTask,
    private readonly most: number,
    private readonly timeLeft: TimeLeft,
  ) {}

  async perform(name: ToolName, given: Arguments): Promise<Result<ToolResult>> {
    const outcome = await this.#tool(name, given);
    if (!outcome.ok) return outcome;
    const done = outcome.value;
    const text = done.ok ? done.value.text : done.failure;
    // Colours first: one in the middle of a secret would hide it.
    const masked = this.task.context.secrets.maskedText(text.replace(ANSI, ''));
    return ok({
      ok: done.ok,
      text: bounded(revealCharacters(masked), this.most),
      changed: done.ok && done.value.changed === true,
    });
  }

  async #tool(name: ToolName, given: Arguments): Promise<Outcome> {
    if (name === 'exec')
      return this.#exec(given['command'] as readonly string[], given['seconds'] as number | undefined);
    const place = await this.#open();
    if (!place.ok) return place;
    const path = treePath(String(given['path'] ?? ''), place.value.sandbox.opened.paths.workspace);
    if (!path.ok) return ok(path);
    switch (name) {
      case 'read':
        return this.#read(path.value, given['from'] as number | undefined, given['to'] as number | undefined);
      case 'edit':
        return this.#edit(path.value, String(given['old']), String(given['new']));
      case 'write':
        return this.#write(path.value, String(given['content']));
      case 'list':
        return this.#printed(listScript(path.value), (text) => listing(text.split('\0').filter(Boolean), path.value));
      case 'search': {
        const script = searchScript(String(given['text']), path.value, given['regexp'] === true, MOST_FOUND + 1);
        return this.#printed(script, foundLines);
      }
    }
  }

  async #read(path: string, from: number | undefined, to: number | undefined): Promise<Outcome> {
    return this.#content(path, (content) => ok({ text: numbered(content, from, to) }));
  }

  async #edit(path: string, old: string, instead: string): Promise<Outcome> {
    const refused = this.#refused(path);
    if (refused !== null) return ok(fail(refused));
    let edited: string | null = null;
    let line = 1;
    const found = await this.#content(path, (content) => {
      const replaced = replacedOnce(content, old, instead);
      if (!replaced.ok) return fail(`${path}: ${replaced.failure}`);
      edited = replaced.value;
      line = lineAt(content, content.indexOf(old));
      return ok({ text: '' });
    });
    if (!found.ok || !found.value.ok || edited === null) return found;
    return this.#put(path, edited, `Replaced in ${path}, line ${String(line)}.`);
  }

  async #write(path: string, content: string): Promise<Outcome> {
    if (path === '') return ok(fail('Give the path of a file.'));
    const refused = this.#refused(path);
    return refused === null ? this.#put(path, content, `Wrote ${path}.`) : ok(fail(refused));
  }

  /** Why a path must not be written to. The snapshot's own check is what holds; this one spares the model the detour. */
  #refused(path: string): string | null {
    const { context, node } = this.task;
    const [breach] = breaches([{ path }], scopesOf(context, node));
    return breach === undefined
      ? null
      : `${path} is outside of what this step may change: it is ${breach.why}. Do without, or give up and say why.`;
  }

  async #put(path: string, content: string, done: string): Promise<Outcome> {
    const bytes = Buffer.from(content, 'utf8');
    const written = await this.#printed(writeScript(path, bytes.toString('base64')), () => done);
    return written.ok && written.value.ok ? ok(ok({ text: done, changed: true })) : written;
  }

  /** Hands on what a file holds, if that is text. */
  async #content(path: string, take: (content: string) => Result<{ readonly text: string }, string>): Promise<Outcome> {
    const ran = await this.#run(readScript(path));
    if (!ran.ok) return ran;
    if (!ran.value.ok) return ok(ran.value);
    try {
      const content = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(ran.value.value);
      return ok(content.includes('\0') ? fail(`${path} is no text.`) : take(content));
    } catch (error) {
      if (error instanceof TypeError) return ok(fail(`${path} is no UTF-8 text.`));
      throw error;
    }
  }

  async #printed(script: string, show: (text: string) => string): Promise<Outcome> {
    const ran = await this.#run(script);
    if (!ran.ok) return ran;
    if (!ran.value.ok) return ok(ran.value);
    return ok(ok({ text: show(Buffer.from(ran.value.value).toString('utf8')) }));
  }

  /** Runs a script of a tool's own. What it printed; as words where it went wrong. */
  async #run(script: string): Promise<Result<Result<Uint8Array, string>>> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    const ended = await this.#execute(script, OWN_MS, [], (chunk) => {
      bytes += chunk.length;
      if (bytes <= OWN_BYTES) chunks.push(chunk.slice());
    });
    if (!ended.ok) return ended;
    if (bytes > OWN_BYTES) return ok(fail('There is more of it than can be looked at: narrow it.'));
    const printed = Buffer.concat(chunks);
    return ok(ended.value.exitCode === 0 ? ok(printed) : fail(printed.toString('utf8').trim() || ended.value.words));
  }

  async #exec(argv: readonly string[], seconds = DEFAULT_SECONDS): Promise<Outcome> {
    const { agent, context, node } = this.task;
    const allow = agent.exec?.allow ?? [];
    if (!mayExecute(argv, allow)) return ok(fail(`This is not allowed here. Allowed are: ${allow.join('; ')}`));
    const handed = await context.secrets.handedTo(node);
    if (!handed.ok) return handed;
    if (handed.value.length > 0) factsOf(context, node.key).secrets = handed.value.map(({ name }) => name);
    const masker = context.secrets.masker();
    const output = new HeadAndTail(EXEC_HEAD_BYTES, EXEC_TAIL_BYTES);
    const ended = await this.#execute(execScript(argv), seconds * 1000, handed.value, (chunk) => {
      output.write(masker.write(chunk));
    });
    output.write(masker.end());
    if (!ended.ok) return ended;
    const { exitCode, words } = ended.value;
    const text = `[${words}]\n${output.text()}`.trim();
    return ok(exitCode === 0 ? ok({ text }) : fail(text));
  }

  /** One fresh shell. Fails where the step cannot go on: its time is over, its claim is gone, the sandbox does not answer. */
  async #execute(
    script: string,
    mostMs: number,
    secrets: readonly HandedSecret[],
    onOutput: (chunk: Uint8Array) => void,
  ): Promise<Result<{ readonly exitCode: number | null; readonly words: string }>> {
    const { context, node } = this.task;
    const place = await this.#open();
    if (!place.ok) return place;
    const left = this.timeLeft();
    const timeoutMs = Math.min(mostMs, left.ms);
    const ran = await execute(context, node, place.value, script, {
      ...{ env: {}, secrets, onOutput, timeoutMs },
      signal: context.signal,
    });
    if (!ran.ok) return ran;
    const { exitCode, signal, timedOut, cancelled, exceeded } = ran.value;
    if (cancelled) return fail({ class: 'claim-lost', order: context.journal.order.record.id });
    if (timedOut && left.ms <= mostMs) return fail(left.failure);
    const words = timedOut
      ? `ended, for it took longer than ${String(mostMs / 1000)} s`
      : exceeded !== null
        ? `ended for what it used: ${exceededText(exceeded)}`
        : exitCode === null
          ? `ended by ${signal ?? 'a signal'}`
          : `exit code ${String(exitCode)}`;
    return ok({ exitCode: timedOut || exceeded !== null ? null : exitCode, words });
  }

  async #open(): Promise<Result<StepPlace>> {
    if (this.#place !== null) return ok(this.#place);
    const { context, trees, node, held } = this.task;
    const network = node.step.network ?? context.project.sandbox?.network ?? 'none';
    const opened = await openPlace(context, trees, node, held, node.key, network);
    if (opened.ok) this.#place = opened.value;
    return opened;
  }
}
