import type { AnswerEnd } from '../../runner/core/agents/transcript.js';
import { parseJson } from '../../runner/core/parse-json.js';
import type { Asked, AskedMessage, ScriptedAnswer } from './script.js';
import type { ServedModel } from './server.js';

type Calls = NonNullable<ScriptedAnswer['calls']>;
type Usage = { readonly input: number; readonly output: number } | null;
type Models = Readonly<Record<string, ServedModel>>;

/** How one of the two protocols says things. */
export interface Protocol {
  readonly chatPath: string;
  readonly contentType: string;
  read(body: unknown, turn: number): Asked;
  /** What another path than that for answers gives; null where there is nothing. */
  tell(path: string, models: Models, name: string): { readonly status: number; readonly body: unknown } | null;
  error(message: string): unknown;
  /** A piece of the stream that holds any text. */
  frame(text: string): string;
  text(part: string, model: string): string;
  calls(calls: Calls, model: string): readonly string[];
  end(end: AnswerEnd, usage: Usage, model: string): string;
}

interface Body {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly tools?: readonly { readonly function: { name: string; description: string; parameters: unknown } }[];
  readonly format?: unknown;
  readonly response_format?: { readonly json_schema?: { readonly schema?: unknown } };
  readonly options?: Readonly<Record<string, number | undefined>>;
  readonly temperature?: number;
  readonly seed?: number;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
}

interface Message {
  readonly role: string;
  readonly content?: string | null;
  readonly tool_name?: string;
  readonly tool_call_id?: string;
  readonly tool_calls?: readonly { readonly function: { readonly name: string; readonly arguments: unknown } }[];
}

const messageOf = ({ role, content, tool_name, tool_call_id, tool_calls = [] }: Message): AskedMessage => ({
  role,
  text: content ?? '',
  calls: tool_calls.map(({ function: { name, arguments: given } }) => ({
    name,
    arguments: typeof given === 'string' ? (parseJson(given) ?? given) : given,
  })),
  of: tool_name ?? tool_call_id,
});

function readBody(body: unknown, turn: number): Asked {
  const given = body as Body;
  const { options = {} } = given;
  return {
    turn,
    model: given.model,
    messages: given.messages.map(messageOf),
    tools: (given.tools ?? []).map((tool) => tool.function),
    format: given.format ?? given.response_format?.json_schema?.schema,
    options: {
      temperature: options['temperature'] ?? given.temperature,
      seed: options['seed'] ?? given.seed,
      context: options['num_ctx'],
      maxOutputTokens: options['num_predict'] ?? given.max_completion_tokens ?? given.max_tokens,
    },
  };
}

const CREATED_AT = '2026-01-01T00:00:00Z';
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

const showOf = ({ context, capabilities = ['completion'], parameters = '' }: ServedModel): unknown => ({
  parameters,
  template: '{{ .Prompt }}',
  details: { family: 'scripted', parameter_size: '1B' },
  model_info: {
    'general.architecture': 'scripted',
    ...(context === undefined ? {} : { 'scripted.context_length': context }),
    'scripted.block_count': 1,
  },
  capabilities,
});

export const ollama: Protocol = {
  chatPath: '/api/chat',
  contentType: 'application/x-ndjson',
  read: readBody,
  tell(path, models, name) {
    switch (path) {
      case '/api/version':
        return { status: 200, body: { version: '0.12.6' } };
      case '/api/tags':
        return {
          status: 200,
          body: { models: Object.keys(models).map((model) => ({ name: model, model, digest: DIGEST })) },
        };
      case '/api/show': {
        const model = Object.hasOwn(models, name) ? models[name] : undefined;
        return model === undefined
          ? { status: 404, body: { error: `model '${name}' not found` } }
          : { status: 200, body: showOf(model) };
      }
      default:
        return null;
    }
  },
  error: (error) => ({ error }),
  frame: (text) => `${text}\n`,
  text: (content, model) =>
    line({ model, created_at: CREATED_AT, message: { role: 'assistant', content }, done: false }),
  calls: (calls, model) =>
    calls.map(({ name, arguments: given }) =>
      line({
        model,
        created_at: CREATED_AT,
        message: { role: 'assistant', content: '', tool_calls: [{ function: { name, arguments: given } }] },
        done: false,
      }),
    ),
  end: (end, usage, model) =>
    line({
      model,
      created_at: CREATED_AT,
      message: { role: 'assistant', content: '' },
      done: true,
      done_reason: end === 'length' ? 'length' : 'stop',
      ...(usage === null ? {} : { prompt_eval_count: usage.input, eval_count: usage.output }),
    }),
};

const event = (text: string): string => `data: ${text}\n\n`;
const FINISH: Readonly<Record<AnswerEnd, string>> = {
  stop: 'stop',
  calls: 'tool_calls',
  length: 'length',
  refused: 'content_filter',
};

const chunk = (model: string, choices: readonly unknown[], more: Readonly<Record<string, unknown>> = {}): string =>
  event(JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model, choices, ...more }));
const delta = (model: string, part: Readonly<Record<string, unknown>>): string =>
  chunk(model, [{ index: 0, delta: part, finish_reason: null }]);

export const openai: Protocol = {
  chatPath: '/v1/chat/completions',
  contentType: 'text/event-stream',
  read: readBody,
  tell: (path, models) =>
    path === '/v1/models'
      ? {
          status: 200,
          body: {
            object: 'list',
            data: Object.entries(models).map(([id, { context }]) => ({
              id,
              object: 'model',
              created: 1,
              owned_by: 'tests',
              ...(context === undefined ? {} : { max_model_len: context }),
            })),
          },
        }
      : null,
  error: (message) => ({ error: { message, type: 'scripted', param: null, code: null } }),
  frame: event,
  text: (content, model) => delta(model, { role: 'assistant', content }),
  calls: (calls, model) =>
    calls.flatMap(({ name, arguments: given, id }, index) => {
      const text = typeof given === 'string' ? given : JSON.stringify(given);
      const half = Math.ceil(text.length / 2);
      const called = id === null ? {} : { id: id ?? `call_${String(index + 1)}` };
      return [
        delta(model, {
          tool_calls: [{ index, ...called, type: 'function', function: { name, arguments: text.slice(0, half) } }],
        }),
        delta(model, { tool_calls: [{ index, function: { arguments: text.slice(half) } }] }),
      ];
    }),
  end: (end, usage, model) =>
    chunk(model, [{ index: 0, delta: {}, finish_reason: FINISH[end] }]) +
    (usage === null
      ? ''
      : chunk(model, [], {
          usage: {
            prompt_tokens: usage.input,
            completion_tokens: usage.output,
            total_tokens: usage.input + usage.output,
          },
        })) +
    event('[DONE]'),
};
