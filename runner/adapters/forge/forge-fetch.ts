/** The one way to a forge, under whatever client speaks its protocol: the token goes nowhere else, what comes is bounded, and the forge's own hints are heeded. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../../app/ports/machine.js';
import { elapsedMs, epochMs, later } from '../../core/ids.js';
import { span } from '../../core/span.js';
import { Watch, exchange, originOf, refusal, textOf } from '../http/exchange.js';
import { faultOf, type ServerFault } from '../http/server-fault.js';
import type { Answers, KeptAnswer } from './answers.js';
import { ForgeFault } from './forge-fault.js';

const MOST_BYTES = 16 * 1024 * 1024;
const SILENCE_MS = 15_000;
/** One request with its answer, however slowly that drips. */
const LONGEST_MS = 60_000;
const MOST_TRIES = 3;
const FIRST_WAIT_MS = 1000;
/** A hint to wait for longer than that ends the asking: a tick has other things to do. */
const MOST_WAIT_MS = 10_000;
/** What GitHub asks for where it gives no hint; and no forge has the last word on when it is asked again. */
const UNTOLD_MS = 60_000;
const LONGEST_QUIET_MS = 3_600_000;
/** Headers of an answer that clients read. */
const READ_HEADERS = [
  'content-type',
  'link',
  'etag',
  'date',
  'x-oauth-scopes',
  'github-authentication-token-expiration',
  'x-total-count',
  'x-next-page',
  'x-page',
  'x-per-page',
  'x-prev-page',
  'x-total',
  'x-total-pages',
];
/** Of a request: what a client says of the body. */
const SENT_HEADERS = ['accept', 'content-type'];

export interface ForgeWay {
  /** Nothing else is ever asked, whatever a link in an answer says. */
  readonly origin: string;
  /** What every request has: the token, as the forge wants it. */
  readonly headers: Readonly<Record<string, string>>;
  readonly answers: Answers;
  readonly clock: Clock;
  /** The least time between two changes, as the forge asks for. */
  readonly spacingMs: number;
  readonly silenceMs?: number;
}

interface Asked {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly isReading: boolean;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A `fetch` for a client of the forge's. Whatever is no success is thrown, as a `ForgeFault`. */
export function forgeFetch(way: ForgeWay): typeof fetch {
  const { answers, clock } = way;
  let changedAt = 0;

  async function persist(asked: Asked): Promise<Answer> {
    let waited = 0;
    for (let tries = 1; ; tries++) {
      try {
        return await once(asked);
      } catch (error) {
        if (!(error instanceof ForgeFault)) throw error;
        const waitMs = error.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (tries - 1);
        if (error.problem === 'rate-limited' && waitMs > MOST_WAIT_MS) answers.quiet(later(clock.now(), waitMs));
        if (tries >= MOST_TRIES || !mayAskAgain(error, asked) || waited + waitMs > MOST_WAIT_MS) throw error;
        waited += waitMs;
        await clock.sleep(waitMs);
      }
    }
  }

  async function once(asked: Asked): Promise<Answer> {
    const { url, method, headers, body } = asked;
    const key = JSON.stringify([url.href, headers['accept'] ?? '', way.headers]);
    const kept = asked.isReading && method === 'GET' ? answers.kept(key) : null;
    if (!asked.isReading) {
      const waitMs = changedAt + way.spacingMs - epochMs(clock.now());
      if (waitMs > 0) await clock.sleep(Math.min(waitMs, way.spacingMs));
      changedAt = epochMs(clock.now());
    }
    const sent = { ...headers, ...way.headers, ...(kept === null ? {} : { 'if-none-match': kept.etag }) };
    const answer = await send(url, { method, headers: sent, body }, way.silenceMs ?? SILENCE_MS, kept);
    const etag = answer.headers['etag'];
    if (kept === null && method === 'GET' && answer.status === 200 && etag !== undefined)
      answers.keep(key, { etag, headers: answer.headers, body: answer.body });
    return answer;
  }

  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== way.origin)
      throw new ForgeFault('unexpected', `it points to another place, ${url.origin}: the token does not go there`);
    const { body, method = 'GET' } = init;
    if (body !== undefined && body !== null && typeof body !== 'string') throw new TypeError('a body that is no text');
    const quiet = answers.quietUntil();
    const leftMs = quiet === null ? 0 : elapsedMs(clock.now(), quiet);
    if (leftMs > 0 && leftMs <= LONGEST_QUIET_MS)
      throw new ForgeFault('rate-limited', 'it asked to be left alone', { retryAfterMs: leftMs });
    const given = new Headers(init.headers);
    const headers = Object.fromEntries(
      SENT_HEADERS.flatMap((name) => (given.has(name) ? [[name, given.get(name) ?? '']] : [])),
    );
    const isReading = method === 'GET' || method === 'HEAD';
    const answer = await persist({ url, method, headers, body: body ?? null, isReading });
    const hasBody = answer.status !== 204 && answer.status !== 205;
    return new Response(hasBody ? answer.body : null, { status: answer.status, headers: answer.headers });
  };
}

async function send(
  url: URL,
  sending: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  },
  silenceMs: number,
  kept: KeptAnswer | null,
): Promise<Answer> {
  const signal = AbortSignal.timeout(LONGEST_MS);
  const watch = new Watch({ silenceMs, signal });
  try {
    const response = await exchange(url, sending, watch);
    const status = response.statusCode ?? 0;
    if (status === 304 && kept !== null) {
      watch.stop();
      return { status: 200, headers: kept.headers, body: kept.body };
    }
    if (status >= 300 && status < 400)
      throw new ForgeFault('unexpected', `it redirects to ${originOf(response.headers.location, url)}`, { status });
    if (status < 200 || status >= 300) throw refused(await refusal(response, watch), response.headers);
    if (response.headers['content-type']?.includes('html') === true)
      throw new ForgeFault('unexpected', 'it answers with a page for people: is that the address of its API?');
    const headers = READ_HEADERS.flatMap((name) => {
      const value = response.headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    });
    return {
      status,
      headers: Object.fromEntries(headers) as Record<string, string>,
      body: await textOf(response, watch, MOST_BYTES),
    };
  } catch (error) {
    watch.stop();
    throw asForgeFault(watch.why ?? error, signal);
  }
}

/** What could have been done is not done again: a second comment would be there to stay. */
const mayAskAgain = ({ problem, isPassing }: ForgeFault, { isReading, method }: Asked): boolean =>
  problem === 'rate-limited' || (isPassing && (isReading || method !== 'POST'));

function refused({ status, message }: ServerFault, headers: IncomingHttpHeaders): ForgeFault {
  const retryAfterMs = hintMs(headers);
  const isSpent = headers['x-ratelimit-remaining'] === '0' || headers['ratelimit-remaining'] === '0';
  const isLimit =
    status === 429 ||
    (status === 403 && (retryAfterMs !== null || isSpent || /rate limit|abuse detection/i.test(message)));
  if (isLimit) {
    const waitMs = Math.min(retryAfterMs ?? UNTOLD_MS, LONGEST_QUIET_MS);
    const words = `it wants to be left alone for ${span(waitMs)} (${message})`;
    return new ForgeFault('rate-limited', words, { status, retryAfterMs: Math.max(waitMs, FIRST_WAIT_MS) });
  }
  const problem =
    status >= 500 || status === 408
      ? 'unreachable'
      : status === 401 || status === 403
        ? 'forbidden'
        : status === 404 || status === 410
          ? 'not-found'
          : 'refused';
  const isPassing = problem === 'unreachable';
  return new ForgeFault(problem, message, { status, retryAfterMs: isPassing ? retryAfterMs : null, isPassing });
}

/** How long to wait, as the forge says: `Retry-After`, or when a limit that is spent begins anew, by the forge's own clock. */
function hintMs(headers: IncomingHttpHeaders): number | null {
  const seconds = Number(headers['retry-after'] ?? NaN);
  if (seconds >= 0) return seconds * 1000;
  for (const prefix of ['x-ratelimit', 'ratelimit']) {
    const reset = Number(headers[`${prefix}-reset`] ?? NaN);
    if (headers[`${prefix}-remaining`] !== '0' || !(reset > 0)) continue;
    const now = Date.parse(headers.date ?? '');
    // A forge that does not tell its time is waited for as one that gives no hint.
    if (!Number.isNaN(now)) return Math.max(0, reset * 1000 - now);
  }
  return null;
}

function asForgeFault(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof ForgeFault) return error;
  const fault = faultOf(error);
  if (fault === undefined) return error;
  if (signal.aborted)
    return new ForgeFault('unreachable', `its answer takes longer than ${span(LONGEST_MS)}`, { cause: fault });
  const problem = fault.kind === 'too-long' || fault.kind === 'malformed' ? 'unexpected' : 'unreachable';
  // What is not there, or silent, is so a moment later as well: the next tick is soon enough.
  const words = fault.kind === 'unreachable' ? `it does not answer (${fault.message})` : fault.message;
  const is = { isPassing: fault.kind === 'cut', isTooLong: fault.kind === 'too-long' };
  return new ForgeFault(problem, words, { ...is, cause: fault });
}
