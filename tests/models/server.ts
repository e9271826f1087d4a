import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ollama, openai, type Protocol } from './protocols.js';
import { isFault, roughTokens, type Asked, type Fault, type Script, type ScriptedAnswer } from './script.js';

/** A model as the server has it. */
export interface ServedModel {
  /** How many tokens fit; undefined: it does not say. */
  readonly context?: number;
  readonly capabilities?: readonly string[];
  /** Of a Modelfile, one `name value` a line. */
  readonly parameters?: string;
}

export interface ServerOptions {
  readonly script: Script;
  /** By their names. Default: one that is called `scripted`, has 32768 tokens and can call tools. */
  readonly models?: Readonly<Record<string, ServedModel>>;
  /** Who does not bring it is refused. */
  readonly key?: string;
  /** Takes every request, and answers none. */
  readonly isHanging?: boolean;
}

/** One request, as it came. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export interface ModelServer {
  /** `http://127.0.0.1:PORT`, what Ollama's clients want. */
  readonly url: string;
  /** What clients of the OpenAI protocol want. */
  readonly openaiUrl: string;
  /** Every request for an answer, in the order in which they came. */
  readonly asked: readonly Asked[];
  /** Every request, those for an answer included. */
  readonly seen: readonly Seen[];
  /** Connections that are open. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

export const SCRIPTED = 'scripted';
const MODELS: Readonly<Record<string, ServedModel>> = {
  [SCRIPTED]: { context: 32768, capabilities: ['completion', 'tools'] },
};

/** A server of language models on the loopback that speaks Ollama's protocol and OpenAI's, and answers by a script. */
export async function modelServer({
  script,
  models = MODELS,
  key,
  isHanging = false,
}: ServerOptions): Promise<ModelServer> {
  const asked: Asked[] = [];
  const seen: Seen[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').replace(/\?.*$/, '');
    const text = await bodyOf(request);
    const body: unknown = text === '' ? null : JSON.parse(text);
    seen.push({ method: request.method ?? '', path, headers: request.headers, body });
    if (isHanging) return;
    const protocol: Protocol = path.startsWith('/api/') ? ollama : openai;
    if (key !== undefined && request.headers.authorization !== `Bearer ${key}`) {
      refuse(response, protocol, 401, 'Incorrect API key provided');
      return;
    }
    const name = (body as { model?: unknown } | null)?.model;
    if (path !== protocol.chatPath) {
      const told = protocol.tell(path, models, typeof name === 'string' ? name : '');
      if (told === null) refuse(response, protocol, 404, 'page not found');
      else json(response, told.status, told.body);
      return;
    }
    const known = asked.push(protocol.read(body, asked.length + 1));
    const last = asked[known - 1] as Asked;
    if (!Object.hasOwn(models, last.model)) fault({ fault: 'missing' }, response, protocol, last.model);
    else {
      const reply = script(last);
      if (isFault(reply)) fault(reply, response, protocol, last.model);
      else await answer(reply, response, protocol, last, roughTokens(text));
    }
  }

  const server = createServer((request, response) => {
    // A client that is gone is no error of the server's.
    response.on('error', () => response.destroy());
    handle(request, response).catch((error: unknown) => {
      const why = error instanceof Error ? error.stack : String(error);
      if (response.headersSent) response.destroy();
      else json(response, 599, { error: `the script threw: ${String(why)}` });
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url,
    openaiUrl: `${url}/v1`,
    asked,
    seen,
    connections: () =>
      new Promise((told) =>
        server.getConnections((_, count) => {
          told(count);
        }),
      ),
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

const refuse = (response: ServerResponse, protocol: Protocol, status: number, message: string): void => {
  json(response, status, protocol.error(message));
};

async function answer(
  reply: ScriptedAnswer,
  response: ServerResponse,
  protocol: Protocol,
  { model }: Asked,
  inputTokens: number,
): Promise<void> {
  const { text = '', calls = [], middle } = reply;
  const usage =
    reply.usage === undefined ? { input: inputTokens, output: roughTokens(text + JSON.stringify(calls)) } : reply.usage;
  response.writeHead(200, { 'content-type': protocol.contentType });
  const half = Math.ceil(text.length / 2);
  for (const part of [text.slice(0, half), text.slice(half)]) {
    if (part !== '') response.write(protocol.text(part, model));
    if (middle !== undefined && part === text.slice(0, half)) await middle;
  }
  for (const piece of protocol.calls(calls, model)) response.write(piece);
  response.end(protocol.end(reply.end ?? (calls.length > 0 ? 'calls' : 'stop'), usage, model));
}

type Refusal = Extract<Fault, { fault: 'status' | 'missing' | 'page' | 'redirect' }>;
const REFUSALS: readonly string[] = ['status', 'missing', 'page', 'redirect'] satisfies Refusal['fault'][];
const isRefusal = (what: Fault): what is Refusal => REFUSALS.includes(what.fault);

function fault(what: Fault, response: ServerResponse, protocol: Protocol, model: string): void {
  if (isRefusal(what)) refusal(what, response, protocol, model);
  else brokenStream(what, response, protocol, model);
}

function refusal(what: Refusal, response: ServerResponse, protocol: Protocol, model: string): void {
  switch (what.fault) {
    case 'status':
      json(response, what.status, protocol.error(what.message ?? `status ${String(what.status)}`), what.headers);
      return;
    case 'missing':
      refuse(response, protocol, 404, `model '${model}' not found`);
      return;
    case 'page':
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Sign in</title>');
      return;
    case 'redirect':
      response.writeHead(307, { location: what.to });
      response.end();
  }
}

function brokenStream(
  what: Exclude<Fault, Refusal>,
  response: ServerResponse,
  protocol: Protocol,
  model: string,
): void {
  response.writeHead(200, { 'content-type': protocol.contentType });
  response.flushHeaders();
  if ('after' in what && what.after !== undefined) response.write(protocol.text(what.after, model));
  switch (what.fault) {
    case 'silent':
      return;
    case 'cut':
      // What was written has to be on its way first.
      response.write('', () => response.socket?.resetAndDestroy());
      return;
    case 'unfinished':
      response.end();
      return;
    case 'malformed':
      response.write(protocol.frame('{"message": {"content": "hal'));
      response.end(protocol.end('stop', null, model));
      return;
    case 'told':
      response.end(protocol.frame(JSON.stringify(protocol.error(what.message))));
      return;
    case 'odd':
      for (const line of what.lines) response.write(protocol.frame(JSON.stringify(line)));
      response.end();
      return;
    case 'endless':
      endless(response, protocol.text(what.text, model));
      return;
    case 'endless-line':
      response.write(protocol.frame('{"').trimEnd());
      endless(response, 'x'.repeat(64 * 1024));
  }
}

/** Writes as long as somebody reads, never more than they read. */
function endless(response: ServerResponse, text: string): void {
  const more = (): void => {
    while (!response.destroyed && response.write(text));
  };
  response.on('drain', more);
  more();
}
