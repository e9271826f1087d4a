import type { Usage } from '../../../generated/types.js';
import type { ToolCall } from '../message.js';
import { NO_USAGE, plus } from '../usage.js';
import { unsafeJson } from '../../plain-json.js';
import { parseJson } from '../../parse-json.js';

/** What a command-line agent's output says that happened. It is the word of a program in the sandbox: anything may be untrue. */
export type AgentEvent =
  | { readonly type: 'answer'; readonly text: string; readonly calls: readonly ToolCall[] }
  | {
      readonly type: 'result';
      readonly call: string;
      readonly name: string;
      readonly ok: boolean;
      readonly text: string;
    }
  | { readonly type: 'note'; readonly text: string }
  /** The agent says that it is done, or that it cannot go on. */
  | { readonly type: 'end'; readonly ok: boolean; readonly text: string };

/** Reads what one run of a command prints, line by line. */
export interface EventReader {
  /** A line without its end, of a bounded length. */
  read(line: string): readonly AgentEvent[];
  /** What is still held back, when nothing comes any more. */
  end(): readonly AgentEvent[];
  /** What the run has used so far, by its own account; it never grows less. */
  readonly used: Usage;
}

/** Reads a stream that has a JSON object a line; what is none says nothing. */
export abstract class JsonLines implements EventReader {
  #used: Usage = NO_USAGE;

  get used(): Usage {
    return this.#used;
  }

  read(line: string): readonly AgentEvent[] {
    const event = objectOf(line);
    return event === null ? [] : this.event(event);
  }

  end(): readonly AgentEvent[] {
    return [];
  }

  protected abstract event(event: Readonly<Record<string, unknown>>): readonly AgentEvent[];

  /** Adds to what was used. */
  protected use(more: Partial<Usage>): void {
    this.#used = plus(this.#used, { ...NO_USAGE, ...more });
  }

  /** A sum of all that was used, where one is told. */
  protected useInAll(all: Partial<Usage>): void {
    this.#used = most(this.#used, { ...NO_USAGE, ...all });
  }
}

const TEXT_CHARACTERS = 20_000;
const MOST_TOKENS = 1e12;
const MOST_DOLLARS = 1e6;

/** A text of bounded length, with how much is cut; of anything else none. */
export function textOf(value: unknown): string {
  if (typeof value !== 'string') return '';
  const cut = value.length - TEXT_CHARACTERS;
  return cut <= 0 ? value : `${value.slice(0, TEXT_CHARACTERS)}\n[${String(cut)} characters are cut out here]`;
}

/** A short name, on one line. */
export const nameOf = (value: unknown): string =>
  typeof value === 'string' ? value.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').slice(0, 200) : '';

/** A count of tokens or turns; what is none counts as nothing. */
export const countOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.min(Math.floor(value), MOST_TOKENS) : 0;

/** US dollars; what is none counts as nothing. */
export const dollarsOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.min(value, MOST_DOLLARS) : 0;

/** The value at a path of own keys; undefined where there is none. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (found === null || typeof found !== 'object' || !Object.hasOwn(found, key)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return found;
}

export const listAt = (value: unknown, ...path: readonly string[]): readonly unknown[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
};

/** A JSON object of a line that can be handled like other data; null where it is none. */
export function objectOf(line: string): Readonly<Record<string, unknown>> | null {
  if (!line.trimStart().startsWith('{')) return null;
  const value = parseJson(line);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  return unsafeJson(value) === null ? (value as Record<string, unknown>) : null;
}

/** A tool call as a stream tells of it. */
export function callOf(id: unknown, name: unknown, given: unknown): ToolCall {
  const text = JSON.stringify(given) ?? '';
  const isObject = given !== null && typeof given === 'object' && !Array.isArray(given);
  return {
    id: nameOf(id),
    name: nameOf(name),
    arguments:
      isObject && text.length <= TEXT_CHARACTERS
        ? { ok: true, value: given as Record<string, unknown> }
        : { ok: false, text: textOf(typeof given === 'string' ? given : text) },
  };
}

/** What blocks of content say, a line each: texts as they are, everything else by its kind. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return textOf(content);
  const blocks: readonly unknown[] = Array.isArray(content) ? content : [];
  return textOf(
    blocks
      .map((block) =>
        typeof block === 'string' ? block : textOf(at(block, 'text')) || `[${nameOf(at(block, 'type'))}]`,
      )
      .join('\n'),
  );
}

/** The larger of each. */
export const most = (one: Usage, other: Usage): Usage => ({
  turns: Math.max(one.turns, other.turns),
  inputTokens: Math.max(one.inputTokens, other.inputTokens),
  outputTokens: Math.max(one.outputTokens, other.outputTokens),
  costUsd: Math.max(one.costUsd, other.costUsd),
});
