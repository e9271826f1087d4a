import type { AnswerEnd } from '../../runner/core/agents/transcript.js';

/** What a model was asked, in the same words whatever protocol it was asked in. */
export interface Asked {
  /** Counts the requests for an answer from 1, those that are tried again included. */
  readonly turn: number;
  readonly model: string;
  readonly messages: readonly AskedMessage[];
  readonly tools: readonly AskedTool[];
  /** The JSON Schema of the answer; undefined where none was asked for. */
  readonly format: unknown;
  readonly options: AskedOptions;
}

export interface AskedMessage {
  readonly role: string;
  readonly text: string;
  /** Of an assistant: the tools that it asked for. */
  readonly calls: readonly { readonly name: string; readonly arguments: unknown }[];
  /** Of a result: the tool's name, or where the protocol gives only that, the call's id. */
  readonly of: string | undefined;
}

export interface AskedTool {
  readonly name: string;
  readonly description: string;
  readonly parameters: unknown;
}

export interface AskedOptions {
  readonly temperature: number | undefined;
  readonly seed: number | undefined;
  /** The window that was asked for; the OpenAI protocol has none. */
  readonly context: number | undefined;
  readonly maxOutputTokens: number | undefined;
}

export interface ScriptedAnswer {
  readonly text?: string;
  /** Arguments that are a text are sent as they are: they need not be JSON. Null: a call without an id. */
  readonly calls?: readonly { readonly name: string; readonly arguments: unknown; readonly id?: string | null }[];
  /** Default: a quarter of the characters. Null: the server does not say. */
  readonly usage?: { readonly input: number; readonly output: number } | null;
  readonly end?: AnswerEnd;
  /** The answer's second half waits for it. */
  readonly middle?: Promise<unknown>;
}

/** What goes wrong instead of an answer, or in the middle of one; `after` is the text that comes first. */
export type Fault =
  /** An error as the protocol has it: 429, 500, 401, … */
  | {
      readonly fault: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly message?: string;
    }
  /** The server does not have the model. */
  | { readonly fault: 'missing' }
  /** Nothing comes, and the connection stays. */
  | { readonly fault: 'silent'; readonly after?: string }
  /** The connection is gone. */
  | { readonly fault: 'cut'; readonly after?: string }
  /** The answer is over without its end. */
  | { readonly fault: 'unfinished'; readonly after?: string }
  /** A line that is not JSON. */
  | { readonly fault: 'malformed'; readonly after?: string }
  /** An error that the server tells in mid-stream, its status long said. */
  | { readonly fault: 'told'; readonly after?: string; readonly message: string }
  /** A page for people. */
  | { readonly fault: 'page' }
  /** JSON of the protocol's framing and of no known shape, each a line or an event. */
  | { readonly fault: 'odd'; readonly lines: readonly unknown[] }
  /** The text over and over, until nobody listens. */
  | { readonly fault: 'endless'; readonly text: string }
  /** One line that never ends. */
  | { readonly fault: 'endless-line' }
  | { readonly fault: 'redirect'; readonly to: string };

export type Reply = ScriptedAnswer | Fault;

/** What a scripted model answers, or what goes wrong with it. */
export type Script = (asked: Asked) => Reply;

export const isFault = (reply: Reply): reply is Fault => 'fault' in reply;

/** A quarter of the characters, as a server would roughly count. */
export const roughTokens = (value: unknown): number =>
  Math.max(1, Math.ceil((typeof value === 'string' ? value : JSON.stringify(value)).length / 4));

/** One reply after the other, the last again and again. */
export const inTurn =
  (...replies: readonly Reply[]): Script =>
  ({ turn }) =>
    replies[Math.min(turn, replies.length) - 1] ?? {};
