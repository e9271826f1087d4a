/** One request and its answer: what comes is bounded in bytes, and so is its silence. No redirect is followed. All of it fails with `ServerFault`. */
import { request as httpRequest, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { parseJson } from '../../core/parse-json.js';
import { ServerFault } from './server-fault.js';

/** Of an error's body. */
const MOST_ERROR_BYTES = 64 * 1024;

/** How many bytes an answer may have, and one line of it. */
export interface Bounds {
  readonly bytes: number;
  readonly line?: number;
}

export interface Patience {
  /** How long nothing may come, from the first try to connect on. */
  readonly silenceMs: number;
  readonly signal: AbortSignal;
}

/** Ends a request when it was silent for too long, or is called off. */
export class Watch {
  why: ServerFault | null = null;
  #request: ClientRequest | null = null;
  #timer: NodeJS.Timeout | null = null;
  readonly #calledOff = (): void => {
    this.#end(new ServerFault('called-off', 'it was called off'));
  };

  constructor(private readonly patience: Patience) {}

  start(request: ClientRequest): void {
    this.#request = request;
    this.heard();
    if (this.patience.signal.aborted) this.#calledOff();
    else this.patience.signal.addEventListener('abort', this.#calledOff, { once: true });
  }

  heard(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const { silenceMs } = this.patience;
    this.#timer = setTimeout(
      () => {
        this.#end(new ServerFault('silent', `it said nothing for ${String(silenceMs / 1000)} s`));
      },
      Math.min(silenceMs, 2 ** 31 - 1),
    );
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.patience.signal.removeEventListener('abort', this.#calledOff);
    this.#request?.destroy();
  }

  #end(why: ServerFault): void {
    this.why ??= why;
    this.#request?.destroy(why);
    this.stop();
  }
}

export interface Sending {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Sends a request; resolves when the head of its answer is there. */
export const exchange = (url: URL, { method, headers, body }: Sending, watch: Watch): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      method,
      headers: { 'user-agent': 'pushpals', ...headers, ...length },
    });
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

/** The body as it comes, with its bounds. `inspect` is told of each chunk, with the place of its last line break. */
export async function* bounded(
  response: IncomingMessage,
  watch: Watch,
  most: Bounds,
  inspect: { readonly add: (chunk: Buffer, end: number) => void; readonly end: () => void } | null = null,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  let line = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      watch.heard();
      total += chunk.length;
      const end = chunk.lastIndexOf(0x0a);
      line = end < 0 ? line + chunk.length : chunk.length - end - 1;
      if (line > (most.line ?? most.bytes)) throw new ServerFault('too-long', 'one line of its answer does not end');
      if (total > most.bytes) throw new ServerFault('too-long', `its answer has more than ${String(most.bytes)} bytes`);
      inspect?.add(chunk, end);
      yield chunk;
    }
    inspect?.end();
  } catch (error) {
    throw (
      watch.why ??
      (error instanceof ServerFault ? error : new ServerFault('cut', 'the connection was lost', { cause: error }))
    );
  } finally {
    watch.stop();
  }
}

/** The whole body, as text. */
export async function textOf(response: IncomingMessage, watch: Watch, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bounded(response, watch, { bytes: most })) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** What an answer that refuses says. */
export async function refusal(response: IncomingMessage, watch: Watch): Promise<ServerFault> {
  const status = response.statusCode ?? 0;
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

/** What an error's body says in words: `{error}`, `{error: {message}}`, `{message, errors: [{message}]}`, or the text itself. */
function messageIn(text: string): string {
  const body = parseJson(text) as { error?: unknown; message?: unknown; errors?: unknown } | null;
  const inner = (body?.error ?? body) as { message?: unknown; code?: unknown } | string | null | undefined;
  if (typeof inner === 'string') return inner;
  const said = wordsOf(inner?.message);
  if (said === '') return text.includes('<') ? '' : text;
  const more = wordsOf(body?.errors);
  const code = typeof inner?.code === 'string' ? ` (${inner.code})` : '';
  return `${said}${code}${more === '' ? '' : `: ${more}`}`;
}

/** Texts in lists and objects, as forges put them. */
function wordsOf(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || depth > 3) return '';
  const { message } = value as { message?: unknown };
  const parts = message === undefined ? Object.values(value).slice(0, 20) : [message];
  return parts
    .map((part) => wordsOf(part, depth + 1))
    .filter((part) => part !== '')
    .join('; ');
}

/** Of `Retry-After`, in seconds, or of `retry-after-ms`. A date is not heeded: its clock may be another. */
function retryAfter(headers: IncomingHttpHeaders): number | null {
  const ms = Number(headers['retry-after-ms'] ?? NaN);
  if (ms >= 0) return ms;
  const seconds = Number(headers['retry-after'] ?? NaN);
  return seconds >= 0 ? seconds * 1000 : null;
}

/** Where an answer sends on to, for people. */
export function originOf(location: string | undefined, from: URL): string {
  return location !== undefined && URL.canParse(location, from.href) ? new URL(location, from).origin : 'nowhere';
}
