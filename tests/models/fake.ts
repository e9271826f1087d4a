import type {
  Model,
  ModelAnswer,
  ModelRequest,
  Models,
  ModelSpec,
  ModelUnavailable,
} from '../../runner/app/ports/models.js';
import { fail, ok, type Result } from '../../runner/core/failure.js';
import { calledTools } from '../../runner/adapters/models/called-tools.js';
import type { Message } from '../../runner/core/agents/message.js';
import { isFault, roughTokens, type Asked, type AskedMessage, type Reply, type Script } from './script.js';

export interface FakeModels extends Models {
  /** Every request for an answer of any of its models. */
  readonly asked: readonly Asked[];
}

export interface FakeOptions {
  readonly script: Script;
  readonly contextTokens?: number;
  readonly callsTools?: boolean;
  /** Says why a model, by its key, is not available; null while it is. */
  readonly down?: (name: string) => string | null;
}

/** As often as a busy server is asked again. */
const TRIES = 3;

/** Models in memory that answer by a script. What goes wrong does so at once: nothing waits, and only what a server calls busy is asked again. */
export function fakeModels({
  script,
  contextTokens = 32_768,
  callsTools = true,
  down = () => null,
}: FakeOptions): FakeModels {
  const asked: Asked[] = [];

  function ask(spec: ModelSpec, request: ModelRequest): Reply {
    const one: Asked = {
      turn: asked.length + 1,
      model: spec.model,
      messages: request.messages.map(messageOf),
      tools: request.tools,
      format: request.format,
      options: {
        temperature: spec.temperature ?? 0,
        seed: spec.seed ?? 1,
        context: spec.context ?? contextTokens,
        maxOutputTokens: request.maxOutputTokens,
      },
    };
    asked.push(one);
    return script(one);
  }

  function answered(name: string, request: ModelRequest, reply: Reply): Result<ModelAnswer, ModelUnavailable> {
    if (isFault(reply)) return unavailable(name, `the server failed: ${reply.fault}`);
    const { text = '', usage } = reply;
    const asks = calledTools(
      (reply.calls ?? []).map((call) => ({ id: undefined, ...call })),
      request.messages,
    );
    return ok({
      text,
      calls: asks,
      inputTokens: usage?.input ?? roughTokens(request.messages),
      outputTokens: usage?.output ?? roughTokens(text + JSON.stringify(asks)),
      end: reply.end ?? (asks.length > 0 ? 'calls' : 'stop'),
    });
  }

  return {
    asked,
    open: (name, spec) => {
      const refused = (): Result<never, ModelUnavailable> | null => {
        const why = down(name);
        return why === null ? null : unavailable(name, why);
      };
      const model: Model = {
        name,
        spec,
        unavailable: () => {
          const why = refused();
          return Promise.resolve(why === null || why.ok ? null : why.failure);
        },
        abilities: () =>
          Promise.resolve(
            refused() ?? ok({ contextTokens: spec.context ?? contextTokens, callsTools, digest: 'sha256:fake' }),
          ),
        answer: async (request, signal, onText) => {
          const why = refused();
          if (why !== null) return why;
          let reply: Reply = {};
          for (let tries = 1; tries <= TRIES; tries++) {
            if (signal.aborted) return unavailable(name, 'it was called off');
            reply = ask(spec, request);
            if (!isFault(reply) || reply.fault !== 'status' || (reply.status !== 429 && reply.status !== 503)) break;
          }
          if (!isFault(reply) && reply.middle !== undefined)
            await Promise.race([
              reply.middle,
              new Promise((gone) => {
                signal.addEventListener('abort', gone, { once: true });
              }),
            ]);
          if (signal.aborted) return unavailable(name, 'it was called off');
          const answer = answered(name, request, reply);
          if (answer.ok && answer.value.text !== '') onText?.(answer.value.text);
          return answer;
        },
      };
      return Promise.resolve(model);
    },
  };
}

const unavailable = (model: string, why: string): Result<never, ModelUnavailable> =>
  fail({ class: 'model-unavailable', model, why, mend: 'Have the script answer.' });

const messageOf = (message: Message): AskedMessage => ({
  role: message.role,
  text: message.text,
  calls:
    message.role === 'assistant'
      ? message.calls.map(({ name, arguments: given }) => ({ name, arguments: given.ok ? given.value : given.text }))
      : [],
  of: message.role === 'tool' ? message.name : undefined,
});
