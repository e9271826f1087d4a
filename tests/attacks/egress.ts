/** What attacks on the way out of a sandbox share. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { DriverName } from '../../runner/app/ports/sandbox.js';
import type { Asked } from '../../runner/core/egress.js';
import type { Exception } from './attack.js';

/** Ports of this machine that a list can name before anybody listens there: below those that the system gives out. */
export const LISTED = 21_000 + (process.pid % 5000);
export const UNLISTED = LISTED + 5000;

export const REFUSES: Partial<Readonly<Record<DriverName, Exception>>> = {
  host: { notApplicable: 'it cannot hold a step to a list of hosts, and refuses to try' },
};

/** A web server of the host, on all of its addresses, which takes down what it hears. */
export interface Victim {
  readonly heard: string[];
  close(): void;
}

export async function victim(port: number, answer: string, host = '0.0.0.0'): Promise<Victim> {
  const heard: string[] = [];
  const server: Server = createServer((socket) => {
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk;
      if (!text.includes('\r\n\r\n')) return;
      heard.push(text);
      text = '';
      socket.end(`HTTP/1.1 ${answer}`);
    });
    socket.on('error', () => socket.destroy());
  });
  server.listen(port, host);
  await once(server, 'listening');
  return { heard, close: () => server.close() };
}

export const answerOf = (body: string, status = '200 OK', header = ''): string =>
  `${status}\r\n${header}Content-Length: ${String(body.length)}\r\nConnection: close\r\n\r\n${body}`;

/** Shell that says something to the proxy, `\r\n` written as such, and prints what it answers. */
export const say = (text: string): string =>
  `{ printf '${text.replaceAll('%', '%%')}'; sleep 0.2; } | busybox nc -w 2 127.0.0.1 3128`;

export const connectTo = (target: string): string =>
  say(`CONNECT ${target} HTTP/1.1\\r\\n\\r\\nGET /reached HTTP/1.0\\r\\n\\r\\n`);

export const verdicts = (asked: readonly Asked[]): readonly string[] =>
  asked.map(({ host, port, verdict }) => `${host}:${String(port)} ${verdict}`);
