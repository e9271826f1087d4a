import type { ToolCall } from '../message.js';
import { JsonLines, at, callOf, contentText, countOf, listAt, nameOf, textOf, type AgentEvent } from './event.js';

/**
 * `goose run --output-format stream-json`: a JSON object a line. The text of one answer comes in many messages of one id. Only the sum of all
 * tokens is told, at the end: it counts as read.
 */
export class GooseEvents extends JsonLines {
  #open: { readonly id: string; text: string; readonly calls: ToolCall[] } | null = null;

  protected override event(event: Readonly<Record<string, unknown>>): readonly AgentEvent[] {
    switch (event['type']) {
      case 'message':
        return this.#message(event['message']);
      case 'error':
        return [...this.end(), { type: 'note', text: textOf(event['error']) }];
      case 'complete':
        this.useInAll({ inputTokens: countOf(event['total_tokens']) });
        return [...this.end(), { type: 'end', ok: true, text: '' }];
      default:
        return [];
    }
  }

  override end(): readonly AgentEvent[] {
    if (this.#open === null) return [];
    const { text, calls } = this.#open;
    this.#open = null;
    return text === '' && calls.length === 0 ? [] : [{ type: 'answer', text: textOf(text), calls }];
  }

  #message(message: unknown): readonly AgentEvent[] {
    const content = listAt(message, 'content');
    if (at(message, 'role') !== 'assistant') return [...this.end(), ...content.flatMap((block) => toolResponse(block))];
    const id = nameOf(at(message, 'id'));
    const before = this.#open !== null && this.#open.id !== id ? this.end() : [];
    if (this.#open === null) {
      this.#open = { id, text: '', calls: [] };
      this.use({ turns: 1 });
    }
    for (const block of content) {
      const kind = at(block, 'type');
      // What goes beyond is cut when it is told.
      if (kind === 'text' && this.#open.text.length < 1_000_000) this.#open.text += textOf(at(block, 'text'));
      if (kind === 'toolRequest' && this.#open.calls.length < 100) {
        const call = at(block, 'toolCall', 'value');
        this.#open.calls.push(callOf(at(block, 'id'), at(call, 'name'), at(call, 'arguments')));
      }
    }
    return before;
  }
}

function toolResponse(block: unknown): readonly AgentEvent[] {
  if (at(block, 'type') !== 'toolResponse') return [];
  const result = at(block, 'toolResult');
  const value = at(result, 'value');
  const ok = at(result, 'status') === 'success' && at(value, 'isError') !== true;
  const text =
    ok || at(result, 'error') === undefined ? contentText(at(value, 'content') ?? value) : textOf(at(result, 'error'));
  return [{ type: 'result', call: nameOf(at(block, 'id')), name: '', ok, text }];
}
