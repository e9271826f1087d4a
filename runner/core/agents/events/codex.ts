import { JsonLines, at, callOf, contentText, countOf, listAt, nameOf, textOf, type AgentEvent } from './event.js';

/**
 * `codex exec --json`: a JSON object a line; what is said and done comes as items, and the usage of the whole thread with the end of its turn. Cached
 * tokens are among those that were read. How often the model was asked is not told: each item counts as one answer.
 */
export class CodexEvents extends JsonLines {
  protected override event(event: Readonly<Record<string, unknown>>): readonly AgentEvent[] {
    switch (event['type']) {
      case 'item.completed':
        return this.#item(event['item']);
      case 'turn.completed':
        this.#count(event['usage']);
        return [{ type: 'end', ok: true, text: '' }];
      case 'turn.failed':
        this.#count(event['usage']);
        return [{ type: 'end', ok: false, text: textOf(at(event, 'error', 'message')) }];
      case 'error':
        return [{ type: 'note', text: textOf(event['message']) }];
      default:
        return [];
    }
  }

  #item(item: unknown): readonly AgentEvent[] {
    const [id, kind] = [nameOf(at(item, 'id')), nameOf(at(item, 'type'))];
    const isFine = at(item, 'status') !== 'failed' && at(item, 'status') !== 'declined';
    const done = (name: string, given: unknown, ok: boolean, text: string): readonly AgentEvent[] => {
      this.use({ turns: 1 });
      return [
        { type: 'answer', text: '', calls: [callOf(id, name, given)] },
        { type: 'result', call: id, name, ok, text },
      ];
    };
    switch (kind) {
      case 'agent_message':
        this.use({ turns: 1 });
        return [{ type: 'answer', text: textOf(at(item, 'text')), calls: [] }];
      case 'command_execution': {
        const code = at(item, 'exit_code');
        const ok = isFine && (code === undefined || code === null || code === 0);
        return done(kind, { command: textOf(at(item, 'command')) }, ok, textOf(at(item, 'aggregated_output')));
      }
      case 'file_change': {
        const changes = listAt(item, 'changes').slice(0, 1000);
        const paths = changes.map((change) => `${nameOf(at(change, 'kind'))} ${nameOf(at(change, 'path'))}`);
        return done(kind, { changes: paths }, isFine, '');
      }
      case 'mcp_tool_call': {
        const name = `${nameOf(at(item, 'server'))}.${nameOf(at(item, 'tool'))}`;
        const failed = textOf(at(item, 'error', 'message'));
        const said = failed === '' ? contentText(at(item, 'result', 'content')) : failed;
        return done(name, at(item, 'arguments'), isFine && failed === '', said);
      }
      case 'web_search':
        return done(kind, { query: textOf(at(item, 'query')) }, isFine, '');
      case 'error':
        return [{ type: 'note', text: textOf(at(item, 'message')) }];
      default:
        return [];
    }
  }

  #count(usage: unknown): void {
    const [inputTokens, outputTokens] = [countOf(at(usage, 'input_tokens')), countOf(at(usage, 'output_tokens'))];
    this.useInAll({ inputTokens, outputTokens });
  }
}
