import { APIError, OpenAI } from 'openai';
import type {
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import type { ModelAbilities, ModelRequest, ModelSpec } from '../../app/ports/models.js';
import type { Message } from '../../core/agents/message.js';
import type { AnswerEnd } from '../../core/agents/transcript.js';
import { AnswerText } from './answer-text.js';
import { CallBounds, shownArguments, type SaidCall } from './called-tools.js';
import { guardedFetch, type Guard } from './guarded-fetch.js';
import { ServerFault, faultOf } from '../http/server-fault.js';
import type { Asking, Said, Wire } from './wire.js';

const OFFICIAL = 'https://api.openai.com/v1';
/** Where neither the server nor the project says how many tokens fit. Less than any model in use that can call tools. */
const UNTOLD = 8192;
/** What servers call the window, most telling first: what is loaded, then what could be. */
const WINDOW_KEYS = [
  'loaded_context_length',
  'max_model_len',
  'n_ctx',
  'context_length',
  'context_window',
  'max_context_length',
  'n_ctx_train',
];
const MOST_NAMED = 5;
/** The ways to ask for JSON, the strictest first; a server that refuses one is asked by the next. */
const FORMATS = ['json_schema', 'json_object', 'none'] as const;

/** The protocol of OpenAI, which most servers speak, by the official client. */
export class OpenAIWire implements Wire {
  readonly where: string;
  readonly start = 'Start the server';
  readonly #baseUrl: string;
  #format = 0;

  constructor(private readonly spec: ModelSpec) {
    this.#baseUrl = (spec.baseUrl ?? OFFICIAL).replace(/\/+$/, '');
    this.where = new URL(this.#baseUrl).origin;
  }

  async look(guard: Guard): Promise<ModelAbilities> {
    const { model, context } = this.spec;
    const listed = await said(() => this.#client(guard).models.list()).catch((error: unknown) => {
      // Some gateways have no list; whether they have the model shows when it is asked.
      if (error instanceof ServerFault && (error.status === 404 || error.status === 405)) return null;
      throw error;
    });
    if (listed === null) return abilitiesOf(context ?? null);
    const models: unknown = listed.data;
    if (!Array.isArray(models)) throw new ServerFault('malformed', 'its list of models is none');
    const known = (models as readonly unknown[]).flatMap((one) => (isObject(one) ? [one] : []));
    const own = known.find(({ id }) => id === model);
    if (own === undefined)
      throw missing(
        model,
        known.flatMap(({ id }) => (typeof id === 'string' ? [id] : [])),
      );
    return abilitiesOf(context ?? (await this.#window(own, guard)));
  }

  async #window(listed: Readonly<Record<string, unknown>>, guard: Guard): Promise<number | null> {
    const meta = isObject(listed['meta']) ? listed['meta'] : {};
    return windowIn(listed) ?? windowIn(meta) ?? (this.#baseUrl === OFFICIAL ? null : this.#loadedWindow(guard));
  }

  /** LM Studio tells it by a path of its own. */
  async #loadedWindow(guard: Guard): Promise<number | null> {
    const url = `${this.where}/api/v0/models/${encodeURIComponent(this.spec.model)}`;
    try {
      const told: unknown = await (await guardedFetch(guard)(url)).json();
      return isObject(told) ? windowIn(told) : null;
    } catch (error) {
      // Another server has no such path, or says there whatever it likes.
      if (faultOf(error) === undefined && !(error instanceof SyntaxError)) throw error;
      return null;
    }
  }

  async answer(request: ModelRequest, asking: Asking): Promise<Said> {
    for (;;) {
      const form = FORMATS[this.#format] ?? 'none';
      try {
        return await this.#answer(request, asking, form);
      } catch (error) {
        const refuses = error instanceof ServerFault && (error.status === 400 || error.status === 422);
        if (!refuses || request.format === undefined || form === 'none') throw error;
        this.#format++;
      }
    }
  }

  async #answer(request: ModelRequest, asking: Asking, form: (typeof FORMATS)[number]): Promise<Said> {
    const { messages, tools, format, maxOutputTokens } = request;
    const { abilities, temperature, seed, guard, onText } = asking;
    const most = this.#baseUrl === OFFICIAL ? 'max_completion_tokens' : 'max_tokens';
    // The client's types call these deprecated; most servers know nothing newer.
    const older = { seed, ...(maxOutputTokens === undefined ? {} : { [most]: maxOutputTokens }) };
    const ask: ChatCompletionCreateParamsStreaming = {
      model: this.spec.model,
      messages: messages.map(messageOf),
      temperature,
      ...older,
      stream: true,
      stream_options: { include_usage: true },
      ...(tools.length === 0
        ? {}
        : {
            tools: tools.map((tool) => ({
              type: 'function',
              function: { ...tool, parameters: { ...tool.parameters } },
            })),
          }),
      ...(format === undefined || form === 'none'
        ? {}
        : {
            response_format:
              form === 'json_object'
                ? { type: form }
                : { type: form, json_schema: { name: 'answer', schema: { ...format } } },
          }),
    };
    const heard = new Heard(new AnswerText(maxOutputTokens ?? abilities.contextTokens, onText));
    await said(async () => {
      const stream = await this.#client(guard).chat.completions.create(ask);
      for await (const chunk of stream) {
        if (heard.add(chunk)) continue;
        stream.controller.abort();
        break;
      }
    });
    return heard.all();
  }

  #client(guard: Guard): OpenAI {
    return new OpenAI({
      // What is sent is the guard's; without one the client would look for keys in the environment itself.
      apiKey: 'unused',
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      baseURL: this.#baseUrl,
      fetch: guardedFetch(guard),
      maxRetries: 0,
      timeout: 2 ** 31 - 1,
      logLevel: 'off',
    });
  }
}

/** What came of an answer so far. */
class Heard {
  readonly #calls = new Map<number, { id: unknown; name: unknown; text: string }>();
  readonly #bounds = new CallBounds();
  #end: AnswerEnd | null = null;
  #inputTokens: number | null = null;
  #outputTokens: number | null = null;

  constructor(private readonly text: AnswerText) {}

  /** False: it is long enough. */
  add(chunk: unknown): boolean {
    if (!isObject(chunk)) throw new ServerFault('malformed', 'a part of its answer is no object');
    const { choices, usage } = chunk;
    if (isObject(usage)) {
      this.#inputTokens = count(usage['prompt_tokens']);
      this.#outputTokens = count(usage['completion_tokens']);
    }
    const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
    if (!isObject(choice)) return true;
    const { delta, finish_reason } = choice;
    if (typeof finish_reason === 'string') this.#end = endOf(finish_reason);
    return isObject(delta) ? this.#delta(delta) : true;
  }

  #delta({ role, content, refusal, tool_calls }: Readonly<Record<string, unknown>>): boolean {
    if (role !== undefined && role !== null && role !== '' && role !== 'assistant')
      throw new ServerFault('malformed', `it answers in the role ${JSON.stringify(role)}`);
    for (const part of [content, refusal]) {
      if (part === undefined || part === null) continue;
      if (typeof part !== 'string') throw new ServerFault('malformed', 'the text of its answer is none');
      if (!this.text.add(part)) {
        this.#end = 'length';
        return false;
      }
    }
    if (typeof refusal === 'string' && refusal !== '') this.#end = 'refused';
    if (tool_calls === undefined || tool_calls === null) return true;
    if (!Array.isArray(tool_calls)) throw new ServerFault('malformed', 'the calls of its answer are no list');
    for (const call of tool_calls as readonly unknown[]) this.#call(call);
    return true;
  }

  #call(part: unknown): void {
    const { index, id, function: called } = isObject(part) ? part : {};
    const { name, arguments: given } = isObject(called) ? called : {};
    const at = count(index) ?? this.#calls.size;
    const call = this.#calls.get(at) ?? { id: undefined, name: undefined, text: '' };
    call.id ??= id ?? undefined;
    call.name ??= name ?? undefined;
    // Some servers give the arguments as they are.
    const text = typeof given === 'string' ? given : given === undefined || given === null ? '' : JSON.stringify(given);
    call.text += text;
    this.#calls.set(at, call);
    this.#bounds.add(this.#calls.size, text);
  }

  all(): Said {
    if (this.#end === null) throw new ServerFault('cut', 'its answer did not come to its end');
    const calls: SaidCall[] = [...this.#calls.values()].map(({ id, name, text }) => ({
      id,
      name,
      arguments: text === '' ? {} : text,
    }));
    const isAsking = calls.length > 0 && this.#end === 'stop';
    return {
      text: this.text.toString(),
      calls,
      inputTokens: this.#inputTokens,
      outputTokens: this.#outputTokens,
      end: isAsking ? 'calls' : this.#end === 'calls' && calls.length === 0 ? 'stop' : this.#end,
    };
  }
}

const abilitiesOf = (contextTokens: number | null): ModelAbilities =>
  contextTokens === null
    ? { contextTokens: UNTOLD, contextIsGuessed: true, callsTools: true }
    : { contextTokens, callsTools: true };

/** What the client throws, as a fault. */
async function said<T>(ask: () => PromiseLike<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const fault = faultOf(error);
    if (fault !== undefined) throw fault;
    if (error instanceof SyntaxError)
      throw new ServerFault('malformed', 'a part of its answer is no JSON', { cause: error });
    if (error instanceof APIError)
      throw new ServerFault('status', `it fails in the middle: ${error.message}`, { status: 500, cause: error });
    throw error;
  }
}

function endOf(reason: string): AnswerEnd {
  switch (reason) {
    case 'length':
      return 'length';
    case 'tool_calls':
    case 'function_call':
      return 'calls';
    case 'content_filter':
      return 'refused';
    default:
      return 'stop';
  }
}

function missing(model: string, names: readonly string[]): ServerFault {
  const more = names.length > MOST_NAMED ? `, and ${String(names.length - MOST_NAMED)} more` : '';
  const has = names.length === 0 ? 'it has none' : `it has ${names.slice(0, MOST_NAMED).join(', ')}${more}`;
  return new ServerFault('missing', `it does not have ${model}; ${has}`, {
    mend: `Load ${model} there, or name one that it has.`,
  });
}

function windowIn(said: Readonly<Record<string, unknown>>): number | null {
  for (const key of WINDOW_KEYS) {
    const tokens = count(said[key]);
    if (tokens !== null && tokens > 0) return tokens;
  }
  return null;
}

const messageOf = (message: Message): ChatCompletionMessageParam => {
  switch (message.role) {
    case 'system':
    case 'user':
      return { role: message.role, content: message.text };
    case 'assistant':
      return message.calls.length === 0
        ? { role: 'assistant', content: message.text }
        : {
            role: 'assistant',
            content: message.text === '' ? null : message.text,
            tool_calls: message.calls.map((call) => ({
              id: call.id,
              type: 'function',
              function: { name: call.name, arguments: JSON.stringify(shownArguments(call)) },
            })),
          };
    case 'tool':
      return { role: 'tool', tool_call_id: message.call, content: message.text };
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const count = (tokens: unknown): number | null =>
  typeof tokens === 'number' && Number.isSafeInteger(tokens) && tokens >= 0 ? tokens : null;
