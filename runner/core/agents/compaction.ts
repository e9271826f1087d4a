import { charsOf } from './history.js';
import type { Message, ToolCall } from './message.js';

/** From how much of a model's window on history is made shorter, and how much of it is left then: each time costs the server what it remembers of the beginning. */
const FULL = 0.7;
const ROOMY = 0.5;
/** The newest messages that are left as they are, while that is enough. */
const NEWEST = 6;
const SHORT = 200;
/** Characters of a token, before the server counted any: fewer than usual, so that the first guess is not too low. */
export const FIRST_GUESS = 3;

/** How many characters make a token, by what the server counted; kept where counts of texts that a server remembers are too low. */
export const charsPerToken = (chars: number, tokens: number): number =>
  Math.min(5, Math.max(1.5, chars / Math.max(1, tokens)));

/**
 * The conversation, made shorter if it nears the window: first what tools answered, then what was written into calls, the oldest first, each replaced by a line that
 * says what is gone; then whole turns. The first two messages, rules and task, always stay. `window` and `fixed`, what tools and the like add, are in characters.
 * Equal histories give equal ones.
 */
export function compacted(messages: readonly Message[], window: number, fixed: number): readonly Message[] {
  if (charsOf(messages) + fixed <= window * FULL) return messages;
  const most = window * ROOMY - fixed;
  let shorter = [...messages];
  for (const shorten of [shortResult, shortCalls])
    for (let at = 2; at < shorter.length - NEWEST && charsOf(shorter) > most; at += 1)
      shorter[at] = shorten(shorter[at] as Message);
  while (charsOf(shorter) > most) {
    const next = secondAnswer(shorter);
    if (next === -1) break;
    shorter = [...shorter.slice(0, 2), ...shorter.slice(next)];
  }
  for (let at = 2; at < shorter.length && charsOf(shorter) > most; at += 1)
    shorter[at] = shortResult(shorter[at] as Message);
  return shorter;
}

/** Where the turn after the oldest begins: an answer is never parted from its results. */
const secondAnswer = (messages: readonly Message[]): number =>
  messages.findIndex((message, at) => at > 2 && message.role === 'assistant' && at < messages.length - NEWEST);

function shortResult(message: Message): Message {
  if (message.role !== 'tool' || message.text.length <= SHORT) return message;
  const text = `[${String(message.text.length)} characters of what ${message.name} answered are cut: call it again if you need them]`;
  return { ...message, text };
}

function shortCalls(message: Message): Message {
  if (message.role !== 'assistant') return message;
  return { ...message, calls: message.calls.map(shortCall) };
}

function shortCall(call: ToolCall): ToolCall {
  if (!call.arguments.ok) return call;
  const value = Object.fromEntries(
    Object.entries(call.arguments.value).map(([key, part]) => [
      key,
      typeof part === 'string' && part.length > SHORT ? `[${String(part.length)} characters are cut]` : part,
    ]),
  );
  return { ...call, arguments: { ok: true, value } };
}
