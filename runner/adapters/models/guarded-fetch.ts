/** The one way to a model's server: what it says is bounded, its silence is, and it is told no more than it must be. */
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { parseJson } from '../../core/parse-json.js';
import { ServerFault } from './server-fault.js';

/** Of an error's body. */
const MOST_ERROR_BYTES = 64 * 1024;
const MOST_LINE_BYTES = 4 * 1024 * 1024;
/** A stream says each token in a line of its own, with a few hundred bytes around it. */
const MOST_STREAM_BYTES = 256 * 1024 * 1024;
const MOST_ANSWER_BYTES = 16 * 1024 * 1024;

export interface Guard {
  readonly key: string | null;
  /** How long nothing may come, from the first try to connect on. */
  readonly silenceMs: number;
  readonly signal: AbortSignal;
  /** Each line has to be JSON of an object. */
  readonly isLines?: boolean;
}

/** A `fetch` for one request: no redirect is followed, and of the headers that it is given only those of content are sent. Fails with `ServerFault`. */
export function guardedFetch(guard: Guard): typeof fetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const { body } = init;
    if (body !== undefined && body !== null && typeof body !== 'string') throw new TypeError('a body that is no text');
    const watch = new Watch(guard);
    // A client gives up what it does not read to its end.
    init.signal?.addEventListener(
      'abort',
      () => {
        watch.stop();
      },
      { once: true },
    );
    try {
      const response = await send(url, init.method ?? 'GET', body ?? null, guard, watch);
      const status = response.statusCode ?? 0;
      if (status >= 300 && status < 400)
        throw new ServerFault('redirect', `it redirects to ${originOf(response.headers.location, url)}`, { status });
      if (status !== 200) throw await refusal(response, status, watch);
      const type = response.headers['content-type'] ?? '';
      if (type.includes('html')) throw new ServerFault('malformed', `it answers with a page for people (${type})`);
      const isStream = /ndjson|event-stream/.test(type);
      const bytes = guarded(response, watch, isStream ? MOST_STREAM_BYTES : MOST_ANSWER_BYTES, guard.isLines === true);
      return new Response(Readable.toWeb(Readable.from(bytes)) as ReadableStream, {
        status,
        headers: { 'content-type': type || 'application/json' },
      });
    } catch (error) {
      watch.stop();
      throw watch.why ?? error;
    }
  };
}

/** Ends a request when it was silent for too long, or is called off. */
class Watch {
  why: ServerFault | null = null;
  #request: ClientRequest | null = null;
  #timer: NodeJS.Timeout | null = null;
  readonly #calledOff = (): void => {
    this.#end(new ServerFault('called-off', 'it was called off'));
  };

  constructor(private readonly guard: Guard) {}

  start(request: ClientRequest): void {
    this.#request = request;
    this.heard();
    if (this.guard.signal.aborted) this.#calledOff();
    else this.guard.signal.addEventListener('abort', this.#calledOff, { once: true });
  }

  heard(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const { silenceMs } = this.guard;
    this.#timer = setTimeout(
      () => {
        this.#end(new ServerFault('silent', `it said nothing for ${String(silenceMs / 1000)} s`));
      },
      Math.min(silenceMs, 2 ** 31 - 1),
    );
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.guard.signal.removeEventListener('abort', this.#calledOff);
    this.#request?.destroy();
  }

  #end(why: ServerFault): void {
    this.why ??= why;
    this.#request?.destroy(why);
    this.stop();
  }
}

const send = (url: URL, method: string, body: string | null, { key }: Guard, watch: Watch): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const headers = {
      accept: 'application/json, text/event-stream, application/x-ndjson',
      'user-agent': 'pushpals',
      ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    };
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, { method, headers });
    let isConnected = false;
    request.on('socket', (socket) => {
      if (!socket.connecting) isConnected = true;
      else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => (isConnected = true));
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      const said = [error.code, error.message].find((text) => text !== undefined && text !== '') ?? error.name;
      reject(new ServerFault(isConnected ? 'cut' : 'unreachable', said, { cause: error }));
    });
    request.on('response', resolve);
    watch.start(request);
    request.end(body ?? undefined);
  });

/** The body as it comes, with its bounds. */
async function* guarded(
  response: IncomingMessage,
  watch: Watch,
  most: number,
  isLines: boolean,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  let line = 0;
  const check = new LineCheck();
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      watch.heard();
      total += chunk.length;
      const end = chunk.lastIndexOf(0x0a);
      line = end < 0 ? line + chunk.length : chunk.length - end - 1;
      if (line > MOST_LINE_BYTES) throw new ServerFault('too-long', 'one line of its answer does not end');
      if (total > most) throw new ServerFault('too-long', `its answer has more than ${String(most)} bytes`);
      if (isLines) check.add(chunk, end);
      yield chunk;
    }
    if (isLines) check.end();
  } catch (error) {
    throw (
      watch.why ??
      (error instanceof ServerFault ? error : new ServerFault('cut', 'the connection was lost', { cause: error }))
    );
  } finally {
    watch.stop();
  }
}

/** Whether each line is JSON of an object: Ollama's client passes over what is not. */
class LineCheck {
  #rest: Buffer[] = [];

  add(chunk: Buffer, end: number): void {
    if (end < 0) {
      this.#rest.push(chunk);
      return;
    }
    check(Buffer.concat([...this.#rest, chunk.subarray(0, end)]).toString('utf8'));
    this.#rest = [chunk.subarray(end + 1)];
  }

  end(): void {
    check(Buffer.concat(this.#rest).toString('utf8'));
  }
}

function check(lines: string): void {
  for (const line of lines.split('\n')) {
    if (line === '') continue;
    const value = parseJson(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new ServerFault('malformed', `a line of its answer is no JSON: ${line.slice(0, 80)}`);
  }
}

async function refusal(response: IncomingMessage, status: number, watch: Watch): Promise<ServerFault> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    watch.heard();
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_ERROR_BYTES) break;
  }
  watch.stop();
  const said = messageIn(Buffer.concat(chunks).subarray(0, MOST_ERROR_BYTES).toString('utf8'));
  const words = `it answers ${String(status)}${said === '' ? '' : `: ${said}`}`;
  return new ServerFault('status', words, { status, retryAfterMs: retryAfter(response.headers) });
}

/** What an error's body says in words: `{error}`, `{error: {message}}`, `{message}`, or the text itself. */
function messageIn(text: string): string {
  const body = parseJson(text) as { error?: unknown; message?: unknown } | null;
  const inner = (body?.error ?? body) as { message?: unknown; code?: unknown } | string | null | undefined;
  if (typeof inner === 'string') return inner;
  if (typeof inner?.message !== 'string') return text.includes('<') ? '' : text;
  return typeof inner.code === 'string' ? `${inner.message} (${inner.code})` : inner.message;
}

/** Of `Retry-After`, in seconds, or of `retry-after-ms`. A date is not heeded: its clock may be another. */
function retryAfter(headers: IncomingMessage['headers']): number | null {
  const ms = Number(headers['retry-after-ms'] ?? NaN);
  if (ms >= 0) return ms;
  const seconds = Number(headers['retry-after'] ?? NaN);
  return seconds >= 0 ? seconds * 1000 : null;
}

function originOf(location: string | undefined, from: URL): string {
  return location !== undefined && URL.canParse(location, from.href) ? new URL(location, from).origin : 'nowhere';
}
