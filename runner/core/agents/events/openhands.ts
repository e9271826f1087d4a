import type { Usage } from '../../../generated/types.js';
import { parseJson } from '../../parse-json.js';
import { NO_USAGE, plus } from '../usage.js';
import {
  at,
  callOf,
  contentText,
  countOf,
  dollarsOf,
  most,
  nameOf,
  objectOf,
  textOf,
  type AgentEvent,
  type EventReader,
} from './event.js';

const MARK = '--JSON Event--';
const EVENT_CHARACTERS = 1024 * 1024;

/**
 * `openhands --headless --json`: the line `--JSON Event--`, and after it a JSON object over many lines, or one on a single line. What was used is told only
 * where the conversation's state is among the events.
 */
export class OpenHandsEvents implements EventReader {
  /** The lines of an object that is not whole yet; null outside of one. */
  #open: string[] | null = null;
  #characters = 0;
  #used: Usage = NO_USAGE;

  get used(): Usage {
    return this.#used;
  }

  read(line: string): readonly AgentEvent[] {
    if (line.trim() === MARK) {
      this.#open = [];
      this.#characters = 0;
      return [];
    }
    if (this.#open === null || this.#open.length === 0) {
      const whole = objectOf(line);
      if (whole !== null) {
        this.#open = null;
        return this.#event(whole);
      }
    }
    if (this.#open === null) return [];
    this.#characters += line.length + 1;
    if (this.#characters > EVENT_CHARACTERS) {
      this.#open = null;
      return [{ type: 'note', text: 'an event was left out: it is too long' }];
    }
    this.#open.push(line);
    // What closes the object stands at the beginning of its line, and nothing inside it does.
    if (line !== '}') return [];
    const event = objectOf(this.#open.join('\n'));
    this.#open = null;
    return event === null ? [] : this.#event(event);
  }

  end(): readonly AgentEvent[] {
    return [];
  }

  #event(event: Readonly<Record<string, unknown>>): readonly AgentEvent[] {
    const call = nameOf(event['tool_call_id']);
    const name = nameOf(event['tool_name']);
    switch (event['kind']) {
      case 'MessageEvent':
        return event['source'] === 'agent' ? [this.#answer(contentText(at(event, 'llm_message', 'content')), [])] : [];
      case 'ActionEvent': {
        const given = at(event, 'tool_call', 'arguments');
        const called = callOf(call, name, typeof given === 'string' ? parseJson(given) : event['action']);
        const answer = this.#answer(contentText(event['thought']), [called]);
        if (name !== 'finish') return [answer];
        return [answer, { type: 'end', ok: true, text: textOf(at(event, 'action', 'message')) }];
      }
      case 'ObservationEvent': {
        const said = at(event, 'observation', 'content') ?? at(event, 'observation', 'output');
        const ok = at(event, 'observation', 'is_error') !== true;
        return [{ type: 'result', call, name, ok, text: contentText(said) }];
      }
      case 'AgentErrorEvent':
        return [{ type: 'result', call, name, ok: false, text: textOf(event['error']) }];
      case 'ConversationErrorEvent':
        return [{ type: 'end', ok: false, text: textOf(event['detail']) || nameOf(event['code']) }];
      case 'ConversationStateUpdateEvent':
        this.#count(event);
        return [];
      default:
        return [];
    }
  }

  #answer(text: string, calls: Extract<AgentEvent, { type: 'answer' }>['calls']): AgentEvent {
    this.#used = plus(this.#used, { ...NO_USAGE, turns: 1 });
    return { type: 'answer', text, calls };
  }

  #count(event: unknown): void {
    const stats = at(event, 'key') === 'stats' ? at(event, 'value') : at(event, 'value', 'stats');
    const metrics = at(stats, 'usage_to_metrics');
    const all = metrics === null || typeof metrics !== 'object' ? [] : Object.values(metrics).slice(0, 100);
    const sum = all.reduce<Usage>((sofar, each) => {
      const tokens = at(each, 'accumulated_token_usage');
      return plus(sofar, {
        turns: 0,
        inputTokens: countOf(at(tokens, 'prompt_tokens')),
        outputTokens: countOf(at(tokens, 'completion_tokens')),
        costUsd: dollarsOf(at(each, 'accumulated_cost')),
      });
    }, NO_USAGE);
    this.#used = most(this.#used, sum);
  }
}
