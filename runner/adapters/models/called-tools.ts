import { callArguments } from '../../core/agents/arguments.js';
import type { Message, ToolCall } from '../../core/agents/message.js';
import { ServerFault } from '../http/server-fault.js';

const MOST_NAME = 200;
const PLAIN_ID = /^[\w.:-]{1,100}$/;

/** A call as a server says it; anything may be missing. */
export interface SaidCall {
  readonly id: unknown;
  readonly name: unknown;
  readonly arguments: unknown;
}

const MOST_CALLS = 256;
const MOST_ARGUMENTS = 4 * 1024 * 1024;

/** Bounds what the calls of one answer hold together, while it comes. */
export class CallBounds {
  #characters = 0;

  /** `calls`: how many there are by now; `more`: what came of arguments, as text. Throws where that is more than any answer needs. */
  add(calls: number, more: string): void {
    this.#characters += more.length;
    if (calls > MOST_CALLS || this.#characters > MOST_ARGUMENTS)
      throw new ServerFault('too-long', 'it asks for too many tools, or with too much');
  }
}

/** The calls of an answer, each with an id that the conversation does not have yet. */
export function calledTools(said: readonly SaidCall[], messages: readonly Message[]): readonly ToolCall[] {
  const taken = new Set(
    messages.flatMap((message) => (message.role === 'assistant' ? message.calls : [])).map(({ id }) => id),
  );
  let made = taken.size;
  return said.map(({ id, name, arguments: given }) => {
    const isUsable = typeof id === 'string' && PLAIN_ID.test(id) && !taken.has(id);
    let own = isUsable ? id : `call-${String(++made)}`;
    while (!isUsable && taken.has(own)) own = `call-${String(++made)}`;
    taken.add(own);
    return {
      id: own,
      name: typeof name === 'string' ? name.slice(0, MOST_NAME) : '',
      arguments: callArguments(given ?? {}),
    };
  });
}

/** What a model is shown of the arguments that it gave: always an object, which some servers insist on. */
export const shownArguments = (call: ToolCall): Readonly<Record<string, unknown>> =>
  call.arguments.ok ? call.arguments.value : { unreadable: call.arguments.text };
