import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ForgeWorld } from './world.js';

/** One request, read. */
export interface Asked {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A forge's API over a world: what each forge has of its own. `url`: where the server is. */
export type Front = (world: ForgeWorld, asked: Asked, url: string) => Reply;

/** What goes wrong on demand. */
export type Fault =
  | {
      readonly fault: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection is reset; `lost`: after what was asked for was done. */
  | { readonly fault: 'cut' | 'lost' | 'silent' | 'page' | 'torn' | 'endless' }
  | { readonly fault: 'redirect'; readonly to: string }
  /** Another answer than the true one. */
  | { readonly fault: 'odd'; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> };

export interface ForgeServer {
  readonly url: string;
  readonly world: ForgeWorld;
  /** Every request, in the order in which they came. */
  readonly asked: readonly (Asked & { readonly status: number })[];
  /** The next `times` requests that `matches` holds for go wrong. */
  fail(fault: Fault, times?: number, matches?: (asked: Asked) => boolean): void;
  /** Nothing goes wrong any more. */
  heal(): void;
  close(): Promise<void>;
}

/** An honest forge on the loopback. */
export async function forgeServer(world: ForgeWorld, front: Front): Promise<ForgeServer> {
  const asked: (Asked & { status: number })[] = [];
  const faults: { readonly fault: Fault; left: number; readonly matches: (asked: Asked) => boolean }[] = [];

  const server = createServer((request, response) => {
    response.on('error', () => response.destroy());
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const at = new URL(request.url ?? '/', url);
      const text = Buffer.concat(chunks).toString('utf8');
      const one: Asked & { status: number } = {
        method: request.method ?? '',
        path: at.pathname,
        query: at.searchParams,
        headers: request.headers,
        body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
        status: 0,
      };
      asked.push(one);
      const due = faults.find(({ left, matches }) => left > 0 && matches(one));
      if (due !== undefined) {
        due.left--;
        if (due.fault.fault === 'lost') front(world, one, url);
        broken(due.fault, response);
        return;
      }
      const reply = conditional(front(world, one, url), one);
      one.status = reply.status;
      answer(reply, response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url,
    world,
    asked,
    fail: (fault, times = 1, matches = () => true) => faults.push({ fault, left: times, matches }),
    heal: () => {
      faults.length = 0;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
}

/** What was not changed since is not sent again. */
function conditional(reply: Reply, { method, headers }: Asked): Reply {
  if (method !== 'GET' || reply.status !== 200) return reply;
  const etag = `W/"${createHash('sha256').update(JSON.stringify(reply)).digest('hex')}"`;
  if (headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
  return { ...reply, headers: { etag, ...reply.headers } };
}

function answer({ status, body, headers = {} }: Reply, response: ServerResponse): void {
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...headers,
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function broken(what: Fault, response: ServerResponse): void {
  switch (what.fault) {
    case 'status':
      answer(
        {
          status: what.status,
          body: what.body ?? { message: `status ${String(what.status)}` },
          ...(what.headers === undefined ? {} : { headers: what.headers }),
        },
        response,
      );
      return;
    case 'odd':
      answer(
        { status: 200, body: what.body, ...(what.headers === undefined ? {} : { headers: what.headers }) },
        response,
      );
      return;
    case 'silent':
      return;
    case 'cut':
    case 'lost':
      response.socket?.resetAndDestroy();
      return;
    case 'page':
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Sign in</title>');
      return;
    case 'torn':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('[{"number": 1, "tit');
      return;
    case 'redirect':
      response.writeHead(301, { location: what.to });
      response.end();
      return;
    case 'endless': {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = (): void => {
        while (!response.destroyed && response.write(`"${'x'.repeat(64 * 1024)}`));
      };
      response.on('drain', more);
      more();
    }
  }
}
