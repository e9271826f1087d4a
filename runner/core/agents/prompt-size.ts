import type { Message, ToolSpec } from './message.js';

/** A token of what agents read has four characters or less, as a rule. */
const CHARS_PER_TOKEN = 4;
/** No tokenizer in use makes a token of more characters of text that agents read, on the whole. */
const MOST_CHARS_PER_TOKEN = 12;
/** Below this, what a template adds weighs too much to tell anything. */
const LEAST_TOLD = 512;

export interface Prompt {
  readonly messages: readonly Message[];
  readonly tools: readonly ToolSpec[];
}

/** A prompt that a server has counted. */
export interface Counted {
  readonly messages: readonly Message[];
  readonly chars: number;
  readonly tokens: number;
}

/** Characters of what a model is shown, without what a server's template adds. */
export function promptChars({ messages, tools }: Prompt): number {
  let chars = tools.length === 0 ? 0 : JSON.stringify(tools).length;
  for (const message of messages) {
    chars += message.text.length;
    if (message.role === 'assistant' && message.calls.length > 0) chars += JSON.stringify(message.calls).length;
  }
  return chars;
}

/** About how many tokens so many characters are. */
export const estimatedTokens = (chars: number): number => Math.ceil(chars / CHARS_PER_TOKEN);

/**
 * Whether a server read less than it was sent: some drop the front of what does not fit, and answer as if nothing were amiss. Told from how many
 * tokens it counted, from how large the prompt was, and from the prompt before it that this one goes on with; null where nothing speaks for a cut.
 */
export function cutPrompt(
  sent: { readonly messages: readonly Message[]; readonly chars: number },
  counted: number,
  contextTokens: number,
  before: Counted | null,
): string | null {
  const says = (least: number): string =>
    `it read ${String(counted)} tokens of a prompt of at least ${String(least)}, so part of it was dropped`;
  if (counted >= contextTokens)
    return `the prompt filled all of its ${String(contextTokens)} tokens, so part of it was dropped`;
  const least = Math.floor(sent.chars / MOST_CHARS_PER_TOKEN);
  if (estimatedTokens(sent.chars) > LEAST_TOLD && counted < least) return says(least);
  if (before === null || !goesOn(sent.messages, before.messages)) return null;
  const grown = before.tokens + Math.floor((sent.chars - before.chars) / MOST_CHARS_PER_TOKEN);
  // Templates show some of what is no longer the newest a little shorter.
  return before.tokens > LEAST_TOLD && counted < grown * 0.95 ? says(grown) : null;
}

const goesOn = (messages: readonly Message[], before: readonly Message[]): boolean =>
  messages.length >= before.length && before.every((message, index) => message === messages[index]);
