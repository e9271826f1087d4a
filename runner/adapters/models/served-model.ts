import type {
  Model,
  ModelAbilities,
  ModelAnswer,
  ModelRequest,
  ModelSpec,
  ModelUnavailable,
} from '../../app/ports/models.js';
import type { Clock } from '../../app/ports/machine.js';
import { cutPrompt, estimatedTokens, promptChars, type Counted } from '../../core/agents/prompt-size.js';
import { fail, ok, type Result } from '../../core/failure.js';
import { durationMs, elapsedMs, type Instant } from '../../core/ids.js';
import { visibleLine } from '../../core/visible.js';
import { calledTools } from './called-tools.js';
import type { Guard } from './guarded-fetch.js';
import { persist } from './persist.js';
import { ServerFault, faultOf } from '../http/server-fault.js';
import type { Wire } from './wire.js';

/** Asked before an order is claimed: a server that takes longer to say what it has, all in all, does not hold up a tick. */
const LOOK_MS = 5000;
/** A tick asks before each of its rounds. */
const REMEMBERED_MS = 10_000;
const SILENCE = '5m';
const MOST_WORDS = 400;
const KEY = /^[\x21-\x7e]+$/;

/** What came of looking for a model. `at`: when that was known; null while it is asked. */
interface Looked {
  at: Instant | null;
  readonly failure: Promise<ModelUnavailable | null>;
}

/** A model behind a server, whatever protocol that speaks. */
export class ServedModel implements Model {
  #abilities: ModelAbilities | null = null;
  #before: Counted | null = null;
  #asked: Looked | null = null;

  /** `key`: the value of the variable that `keyEnv` names; undefined where it is not set. */
  constructor(
    readonly name: string,
    readonly spec: ModelSpec,
    private readonly key: string | undefined,
    private readonly wire: Wire,
    private readonly clock: Clock,
  ) {}

  async unavailable(): Promise<ModelUnavailable | null> {
    const known = this.#asked;
    if (known !== null && (known.at === null || elapsedMs(known.at, this.clock.now()) < REMEMBERED_MS))
      return known.failure;
    const looked = this.#look().then((found) => (found.ok ? null : found.failure));
    const asked: Looked = { at: null, failure: looked };
    this.#asked = asked;
    const failure = await looked;
    asked.at = this.clock.now();
    return failure;
  }

  async abilities(): Promise<Result<ModelAbilities, ModelUnavailable>> {
    return this.#abilities === null ? this.#look() : ok(this.#abilities);
  }

  async answer(
    request: ModelRequest,
    signal: AbortSignal,
    onText: (text: string) => void = () => undefined,
  ): Promise<Result<ModelAnswer, ModelUnavailable>> {
    try {
      return ok(await this.#answer(request, signal, onText));
    } catch (error) {
      return this.#failed(error);
    }
  }

  async #answer(request: ModelRequest, signal: AbortSignal, onText: (text: string) => void): Promise<ModelAnswer> {
    const guard = this.#guard(this.#silenceMs, signal);
    const abilities = this.#abilities ?? (await persist(() => this.wire.look(guard), this.clock, signal));
    this.#abilities = abilities;
    const { contextTokens } = abilities;
    const sent = { messages: [...request.messages], chars: promptChars(request) };
    const estimate = estimatedTokens(sent.chars);
    if (estimate >= contextTokens)
      throw new ServerFault(
        'overflow',
        `the prompt has about ${String(estimate)} tokens, and ${String(contextTokens)} fit`,
      );
    const asking = { abilities, temperature: this.spec.temperature ?? 0, seed: this.spec.seed ?? 1, guard, onText };
    const said = await persist(() => this.wire.answer(request, asking), this.clock, signal);
    if (said.inputTokens !== null) {
      const cut = cutPrompt(sent, said.inputTokens, contextTokens, this.#before);
      if (cut !== null) throw new ServerFault('overflow', cut);
      this.#before = { ...sent, tokens: said.inputTokens };
    }
    const calls = calledTools(said.calls, request.messages);
    const written = said.text.length + (calls.length === 0 ? 0 : JSON.stringify(calls).length);
    return {
      text: said.text,
      calls,
      inputTokens: said.inputTokens ?? estimate,
      outputTokens: said.outputTokens ?? estimatedTokens(written),
      end: said.end,
    };
  }

  async #look(): Promise<Result<ModelAbilities, ModelUnavailable>> {
    const ms = Math.min(LOOK_MS, this.#silenceMs);
    const inTime = AbortSignal.timeout(ms);
    try {
      this.#abilities = await this.wire.look(this.#guard(ms, inTime));
      return ok(this.#abilities);
    } catch (error) {
      const isLate = inTime.aborted && faultOf(error)?.kind === 'called-off';
      return this.#failed(isLate ? new ServerFault('silent', `it takes longer than ${String(ms / 1000)} s`) : error);
    }
  }

  get #silenceMs(): number {
    return durationMs(this.spec.timeout ?? SILENCE);
  }

  #guard(silenceMs: number, signal: AbortSignal): Guard {
    const { keyEnv } = this.spec;
    if (keyEnv === undefined) return { key: null, silenceMs, signal };
    const key = this.key?.trim() ?? '';
    if (key === '')
      throw new ServerFault('key', `its key is not there: ${keyEnv} is not set`, {
        mend: `Set ${keyEnv} where the runner starts.`,
      });
    if (!KEY.test(key))
      throw new ServerFault('key', `${keyEnv} holds something that cannot be a key`, {
        mend: `Set ${keyEnv} to the key alone, without spaces and line ends.`,
      });
    return { key, silenceMs, signal };
  }

  #failed(error: unknown): Result<never, ModelUnavailable> {
    const fault = faultOf(error);
    if (fault === undefined) throw error;
    const { where } = this.wire;
    const why =
      fault.kind === 'unreachable' ? `no server answers at ${where} (${fault.message})` : `${where}: ${fault.message}`;
    return fail({ class: 'model-unavailable', model: this.name, why: this.#clean(why), mend: this.#mend(fault) });
  }

  /** What a server says may hold anything, the key too. */
  #clean(text: string): string {
    const key = this.key?.trim() ?? '';
    const masked = key === '' ? text : text.replaceAll(key, '***');
    const line = visibleLine(masked);
    return line.length > MOST_WORDS ? `${line.slice(0, MOST_WORDS)}…` : line;
  }

  #mend(fault: ServerFault): string {
    const { keyEnv } = this.spec;
    const own = `models.${this.name} of pushpals.yml`;
    if (fault.mend !== null) return fault.mend;
    switch (fault.kind) {
      case 'unreachable':
        return `${this.wire.start}, or correct \`baseUrl\` in ${own}.`;
      case 'redirect':
        return `Name that place as \`baseUrl\` in ${own}, if it is right: the key goes nowhere else.`;
      case 'silent':
        return `See what the server is busy with. A slow one needs a longer \`timeout\` in ${own}.`;
      case 'overflow':
        return `Raise \`context\` in ${own}, or take a model with a larger window.`;
      case 'status':
        return this.#statusMend(fault, keyEnv, own);
      case 'malformed':
        return `See whether ${own} names the right \`provider\` and \`baseUrl\`.`;
      case 'missing':
      case 'key':
      case 'cut':
      case 'too-long':
      case 'called-off':
        return 'See what the server writes into its log.';
    }
  }

  #statusMend({ status, message }: ServerFault, keyEnv: string | undefined, own: string): string {
    if (status === 401 || status === 403)
      return keyEnv === undefined
        ? `Name the variable that holds the key: \`keyEnv\` in ${own}.`
        : `Put a key that the server accepts into ${keyEnv}.`;
    if (status === 400 && /\btools?\b/i.test(message))
      return `Set \`calls: text\` in ${own}: the model knows no tools.`;
    if (status === 404) return `See whether ${own} names the right \`provider\` and \`baseUrl\`.`;
    if (status === 429) return 'See what the provider grants, or wait.';
    return 'See what the server writes into its log.';
  }
}
