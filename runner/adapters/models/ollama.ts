import { Ollama, type ChatRequest } from 'ollama/browser';
import type { ModelAbilities, ModelRequest, ModelSpec } from '../../app/ports/models.js';
import type { Message } from '../../core/agents/message.js';
import { AnswerText } from './answer-text.js';
import { CallBounds, shownArguments, type SaidCall } from './called-tools.js';
import { guardedFetch, type Guard } from './guarded-fetch.js';
import { ServerFault, faultOf } from '../http/server-fault.js';
import type { Asking, Said, Wire } from './wire.js';

/** A model stays loaded while tools work. */
const KEEP_ALIVE = '15m';
/** Memory grows with the window: nobody gets a larger one than this without asking for it. */
const LARGEST_UNASKED = 32_768;
/** What Ollama itself takes where nothing says anything. */
const UNTOLD = 4096;

/** What the client's type does not know yet. Servers that know them fail instead of dropping what does not fit; others pass them over. */
interface NothingDropped {
  readonly truncate: false;
  readonly shift: false;
}

/** Ollama's own protocol, by its own client. */
export class OllamaWire implements Wire {
  readonly where: string;
  readonly start = 'Start it: `ollama serve`; or say in OLLAMA_HOST where it is';
  readonly #host: string | undefined;

  /** `host`: as `OLLAMA_HOST` has it, where the project says nothing. */
  constructor(
    private readonly spec: ModelSpec,
    host: string | undefined,
  ) {
    this.#host = spec.baseUrl ?? host;
    this.where = this.#where();
  }

  /** The client alone knows what a host without a port, or without a protocol, means. */
  #where(): string {
    try {
      const { host } = (this.#client(fetch) as unknown as { readonly config: { readonly host: string } }).config;
      return new URL(host).origin;
    } catch (error) {
      if (!(error instanceof ServerFault)) throw error;
      return 'OLLAMA_HOST';
    }
  }

  async look(guard: Guard): Promise<ModelAbilities> {
    const { model } = this.spec;
    const client = this.#client(guardedFetch(guard));
    const shown: unknown = await said(() => client.show({ model })).catch((error: unknown) => {
      if (!(error instanceof ServerFault) || error.status !== 404 || !error.message.includes('not found')) throw error;
      throw new ServerFault('missing', `it does not have ${model}`, { mend: pull(model), cause: error });
    });
    const { capabilities, model_info: info, parameters } = (shown ?? {}) as Readonly<Record<string, unknown>>;
    const can = Array.isArray(capabilities) ? (capabilities as unknown[]) : null;
    if (can !== null && !can.includes('completion'))
      throw new ServerFault('missing', `its ${model} cannot hold a conversation`, { mend: 'Name a model that can.' });
    const contextTokens = contextOf(info, parameters, this.spec.context);
    const digest = await this.#digest(guard);
    const abilities: ModelAbilities = { contextTokens, callsTools: can?.includes('tools') === true };
    return digest === undefined ? abilities : { ...abilities, digest };
  }

  async #digest(guard: Guard): Promise<string | undefined> {
    const { models } = (await said(() => this.#client(guardedFetch(guard)).list())) as { models?: unknown };
    const all = Array.isArray(models) ? (models as unknown[]) : [];
    const named = all.find((one): one is { digest: string } => {
      const { name, digest } = (one ?? {}) as { name?: unknown; digest?: unknown };
      return (name === this.spec.model || name === `${this.spec.model}:latest`) && typeof digest === 'string';
    });
    return named?.digest.slice(0, 200);
  }

  async answer(request: ModelRequest, { abilities, temperature, seed, guard, onText }: Asking): Promise<Said> {
    const { messages, tools, format, maxOutputTokens } = request;
    const ask: ChatRequest & NothingDropped = {
      model: this.spec.model,
      messages: messages.map(messageOf),
      keep_alive: KEEP_ALIVE,
      ...(tools.length === 0 ? {} : { tools: tools.map((tool) => ({ type: 'function', function: tool })) }),
      ...(format === undefined ? {} : { format }),
      options: {
        temperature,
        seed,
        num_ctx: abilities.contextTokens,
        ...(maxOutputTokens === undefined ? {} : { num_predict: maxOutputTokens }),
      },
      truncate: false,
      shift: false,
    };
    const client = this.#client(guardedFetch({ ...guard, isLines: true }));
    const text = new AnswerText(maxOutputTokens ?? abilities.contextTokens, onText);
    const calls: SaidCall[] = [];
    const bounds = new CallBounds();
    let last: Readonly<Record<string, unknown>> = { done_reason: 'length' };
    await said(async () => {
      const stream = await client.chat({ ...ask, stream: true });
      for await (const part of stream as AsyncIterable<unknown>) {
        const { message, done } = part as { message?: unknown; done?: unknown };
        const { content, tool_calls } = messageIn(message);
        for (const call of saidCalls(tool_calls)) {
          calls.push(call);
          bounds.add(calls.length, JSON.stringify(call.arguments) ?? '');
        }
        if (done === true) last = part as Readonly<Record<string, unknown>>;
        if (!text.add(content)) {
          stream.abort();
          break;
        }
      }
    });
    const { done_reason, prompt_eval_count, eval_count } = last;
    return {
      text: text.toString(),
      calls,
      inputTokens: count(prompt_eval_count),
      outputTokens: count(eval_count),
      end: done_reason === 'length' ? 'length' : calls.length > 0 ? 'calls' : 'stop',
    };
  }

  #client(withFetch: typeof fetch): Ollama {
    try {
      return new Ollama({ fetch: withFetch, ...(this.#host === undefined ? {} : { host: this.#host }) });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new ServerFault('unreachable', 'its address is none', { cause: error });
    }
  }
}

/** What the client throws, as a fault: it has no classes for what a server says in mid-stream. */
async function said<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const fault = faultOf(error);
    if (fault !== undefined) throw fault;
    if (!(error instanceof Error) || error.constructor !== Error) throw error;
    const isUnfinished = error.message.startsWith('Did not receive done');
    throw isUnfinished
      ? new ServerFault('cut', 'its answer did not come to its end', { cause: error })
      : new ServerFault('status', `it fails in the middle: ${error.message}`, { status: 500, cause: error });
  }
}

/** A command line to copy: a name that a shell would take apart is none. */
const pull = (model: string): string =>
  /^[\w./:@][\w./:@-]*$/.test(model) ? `ollama pull ${model}` : 'Pull it, or name another model.';

function messageIn(message: unknown): { content: string; tool_calls: unknown } {
  const { role, content, tool_calls } = (message ?? {}) as Readonly<Record<string, unknown>>;
  if (role !== 'assistant') throw new ServerFault('malformed', `it answers in the role ${JSON.stringify(role)}`);
  if (content !== undefined && content !== null && typeof content !== 'string')
    throw new ServerFault('malformed', 'the text of its answer is none');
  return { content: content ?? '', tool_calls };
}

function saidCalls(calls: unknown): readonly SaidCall[] {
  if (calls === undefined || calls === null) return [];
  if (!Array.isArray(calls)) throw new ServerFault('malformed', 'the calls of its answer are no list');
  return (calls as readonly unknown[]).map((call) => {
    const { id, function: called } = (call ?? {}) as Readonly<Record<string, unknown>>;
    const { name, arguments: given } = (called ?? {}) as Readonly<Record<string, unknown>>;
    return { id, name, arguments: given };
  });
}

const messageOf = (message: Message): NonNullable<ChatRequest['messages']>[number] => {
  switch (message.role) {
    case 'system':
    case 'user':
      return { role: message.role, content: message.text };
    case 'assistant':
      return {
        role: 'assistant',
        content: message.text,
        ...(message.calls.length === 0
          ? {}
          : {
              tool_calls: message.calls.map((call) => ({
                function: { name: call.name, arguments: { ...shownArguments(call) } },
              })),
            }),
      };
    case 'tool':
      return { role: 'tool', content: message.text, tool_name: message.name };
  }
};

const count = (tokens: unknown): number | null =>
  typeof tokens === 'number' && Number.isSafeInteger(tokens) && tokens >= 0 ? tokens : null;

/** The window to ask for: what the project or the model's own file says, as far as the model was made for that many. */
function contextOf(info: unknown, parameters: unknown, wanted: number | undefined): number {
  const most = Object.entries((info ?? {}) as Readonly<Record<string, unknown>>).find(([key]) =>
    key.endsWith('.context_length'),
  )?.[1];
  const own = typeof parameters === 'string' ? /^num_ctx\s+(\d{1,9})\s*$/m.exec(parameters)?.[1] : undefined;
  const trained = count(most);
  const asked = wanted ?? (own === undefined ? (trained === null ? UNTOLD : LARGEST_UNASKED) : Number(own));
  return Math.max(1, Math.min(asked, trained ?? asked));
}
