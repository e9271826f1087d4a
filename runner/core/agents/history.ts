import type { Message, ToolCall, ToolSpec } from './message.js';
import { actionGuide, actionText } from './text-actions.js';

/** A conversation for a model that knows no tool calls: it is told how to write them, they are actions in its answers, and what came of them is told. */
export function asText(messages: readonly Message[], specs: readonly ToolSpec[]): readonly Message[] {
  const told: Message[] = [];
  for (const message of messages) {
    const before = told.at(-1);
    if (message.role === 'assistant')
      told.push({ ...message, text: withActions(message.text, message.calls), calls: [] });
    else if (message.role === 'tool') {
      const text = `What came of ${message.name}:\n${message.text}`;
      // Many chat templates want the sides to take turns.
      if (before?.role === 'user') told[told.length - 1] = { role: 'user', text: `${before.text}\n\n${text}` };
      else told.push({ role: 'user', text });
    } else if (message.role === 'system')
      told.push({ role: 'system', text: `${message.text}\n\n${actionGuide(specs)}` });
    else told.push(message);
  }
  return told;
}

const withActions = (text: string, calls: readonly ToolCall[]): string =>
  [text, ...calls.map(actionText)].filter((part) => part !== '').join('\n\n');

/** The same conversation with a line at its very end. */
export function endingWith(messages: readonly Message[], line: string): readonly Message[] {
  const last = messages.at(-1);
  if (last === undefined || last.role === 'assistant') return [...messages, { role: 'user', text: line }];
  return [...messages.slice(0, -1), { ...last, text: `${last.text}\n\n${line}` }];
}

/** How many characters a model reads of a conversation. */
export function charsOf(messages: readonly Message[], tools: readonly ToolSpec[] = []): number {
  const calls = (message: Message): number =>
    message.role === 'assistant' && message.calls.length > 0 ? JSON.stringify(message.calls).length : 0;
  const specs = tools.length === 0 ? 0 : JSON.stringify(tools).length;
  return messages.reduce((chars, message) => chars + message.text.length + calls(message) + PER_MESSAGE, specs);
}

/** What the marks of a turn come to, about. */
const PER_MESSAGE = 16;
