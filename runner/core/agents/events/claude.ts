import type { Usage } from '../../../generated/types.js';
import { NO_USAGE, plus } from '../usage.js';
import {
  JsonLines,
  at,
  callOf,
  contentText,
  countOf,
  dollarsOf,
  listAt,
  most,
  nameOf,
  textOf,
  type AgentEvent,
} from './event.js';

/** So many messages are told apart; later ones are counted as if each were new. */
const MOST_MESSAGES = 10_000;

/**
 * `claude -p --output-format stream-json --verbose`: a JSON object a line. A message comes in several lines of one id, each with a part of its content and its usage
 * so far; the last line, `result`, has the whole run's. What was read from the cache was read.
 */
export class ClaudeEvents extends JsonLines {
  readonly #messages = new Map<string, Usage>();
  readonly #names = new Map<string, string>();
  #told: Usage = NO_USAGE;

  protected override event(event: Readonly<Record<string, unknown>>): readonly AgentEvent[] {
    switch (event['type']) {
      case 'assistant':
        return this.#answer(event['message']);
      case 'user':
        return listAt(event, 'message', 'content').flatMap((block) => this.#toolResult(block));
      case 'result':
        return [this.#end(event)];
      default:
        return [];
    }
  }

  #answer(message: unknown): readonly AgentEvent[] {
    this.#count(nameOf(at(message, 'id')), usageOf(at(message, 'usage')));
    const blocks = listAt(message, 'content');
    const text = blocks
      .filter((block) => at(block, 'type') === 'text')
      .map((block) => textOf(at(block, 'text')))
      .join('\n');
    const calls = blocks
      .filter((block) => at(block, 'type') === 'tool_use')
      .map((block) => callOf(at(block, 'id'), at(block, 'name'), at(block, 'input')));
    for (const { id, name } of calls) if (this.#names.size < MOST_MESSAGES) this.#names.set(id, name);
    return text === '' && calls.length === 0 ? [] : [{ type: 'answer', text, calls }];
  }

  #toolResult(block: unknown): readonly AgentEvent[] {
    if (at(block, 'type') !== 'tool_result') return [];
    const call = nameOf(at(block, 'tool_use_id'));
    const text = contentText(at(block, 'content'));
    return [{ type: 'result', call, name: this.#names.get(call) ?? '', ok: at(block, 'is_error') !== true, text }];
  }

  #end(event: unknown): AgentEvent {
    const { inputTokens, outputTokens } = usageOf(at(event, 'usage'));
    const [turns, costUsd] = [countOf(at(event, 'num_turns')), dollarsOf(at(event, 'total_cost_usd'))];
    this.useInAll({ turns, inputTokens, outputTokens, costUsd });
    const said = textOf(at(event, 'result'));
    return {
      type: 'end',
      ok: at(event, 'is_error') !== true,
      text: said === '' ? nameOf(at(event, 'subtype')) : said,
    };
  }

  #count(id: string, usage: Usage): void {
    const before = this.#messages.get(id);
    const after = before === undefined ? usage : most(before, usage);
    if (before !== undefined || this.#messages.size < MOST_MESSAGES) this.#messages.set(id, after);
    this.#told = plus(this.#told, {
      turns: before === undefined ? 1 : 0,
      inputTokens: after.inputTokens - (before?.inputTokens ?? 0),
      outputTokens: after.outputTokens - (before?.outputTokens ?? 0),
      costUsd: 0,
    });
    this.useInAll(this.#told);
  }
}

function usageOf(usage: unknown): Usage {
  const read = ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'] as const;
  const inputTokens = read.reduce((sum, key) => sum + countOf(at(usage, key)), 0);
  return { turns: 0, inputTokens, outputTokens: countOf(at(usage, 'output_tokens')), costUsd: 0 };
}
