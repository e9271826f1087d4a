/** The one way to a model's server: what it says is bounded, its silence is, and it is told no more than it must be. */
import { Readable } from 'node:stream';
import { parseJson } from '../../core/parse-json.js';
import { Watch, bounded, exchange, originOf, refusal, type Patience } from '../http/exchange.js';
import { ServerFault } from '../http/server-fault.js';

/** A stream says each token in a line of its own, with a few hundred bytes around it. */
const MOST_STREAM_BYTES = 256 * 1024 * 1024;
const MOST_LINE_BYTES = 4 * 1024 * 1024;
const MOST_ANSWER_BYTES = 16 * 1024 * 1024;

export interface Guard extends Patience {
  readonly key: string | null;
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
    const headers = {
      accept: 'application/json, text/event-stream, application/x-ndjson',
      ...(body == null ? {} : { 'content-type': 'application/json' }),
      ...(guard.key === null ? {} : { authorization: `Bearer ${guard.key}` }),
    };
    try {
      const response = await exchange(url, { method: init.method ?? 'GET', headers, body: body ?? null }, watch);
      const status = response.statusCode ?? 0;
      if (status >= 300 && status < 400)
        throw new ServerFault('redirect', `it redirects to ${originOf(response.headers.location, url)}`, { status });
      if (status !== 200) throw await refusal(response, watch);
      const type = response.headers['content-type'] ?? '';
      if (type.includes('html')) throw new ServerFault('malformed', `it answers with a page for people (${type})`);
      const isStream = /ndjson|event-stream/.test(type);
      const most = { bytes: isStream ? MOST_STREAM_BYTES : MOST_ANSWER_BYTES, line: MOST_LINE_BYTES };
      const bytes = bounded(response, watch, most, guard.isLines === true ? new LineCheck() : null);
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
