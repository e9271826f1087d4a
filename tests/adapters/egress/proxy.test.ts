import { test } from 'uvu';
import * as assert from 'uvu/assert';
import fc from 'fast-check';
import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EgressProxy, type Resolve } from '../../../runner/adapters/egress/proxy.js';
import type { Asked, Egress } from '../../../runner/core/egress.js';
import { until } from '../../until.js';

interface Rig {
  /** What the server behind every loopback address was asked. */
  readonly requests: readonly IncomingMessage[];
  readonly port: number;
  readonly asked: readonly Asked[];
  /** How the verdicts read: `host:port verdict`. */
  verdicts(): readonly string[];
  /** Says something to the proxy, and answers what it says until the connection ends or `enough` is there. */
  say(text: string, enough?: RegExp): Promise<string>;
  open(): Socket;
}

const v4 = (address: string): LookupAddress => ({ address, family: 4 });
const v6 = (address: string): LookupAddress => ({ address, family: 6 });

const notFound = (): never => {
  throw Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND', syscall: 'getaddrinfo' });
};

async function withProxy(
  names: Readonly<Record<string, readonly LookupAddress[]>> | Resolve,
  egress: (port: number) => Egress,
  use: (rig: Rig) => Promise<void>,
): Promise<void> {
  const requests: IncomingMessage[] = [];
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    request.resume().on('end', () => response.end(`answer to ${request.url ?? ''}`));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const folder = mkdtempSync(join(tmpdir(), 'pushpals-proxy-'));
  const path = join(folder, 'proxy');
  const resolve: Resolve =
    typeof names === 'function'
      ? names
      : (host) => Promise.resolve(Object.hasOwn(names, host) ? (names[host] ?? []) : notFound());
  const proxy = new EgressProxy(egress(port), resolve, (each) => asked.push(each));
  await proxy.listen(path);
  const open = (): Socket => connect(path).on('error', () => undefined);
  const say = async (text: string, enough?: RegExp): Promise<string> => {
    const socket = open();
    let answer = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk;
      if (enough?.test(answer) === true) socket.destroy();
    });
    socket.write(text, 'latin1');
    await new Promise((resolve) => socket.once('close', resolve));
    return answer;
  };
  try {
    const verdicts = (): readonly string[] => asked.map((each) => `${each.host}:${String(each.port)} ${each.verdict}`);
    await use({ requests, port, asked, verdicts, say, open });
  } finally {
    await proxy.close();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  }
}

const HERE = { 'a.example': [v4('127.0.0.1')], 'b.example': [v4('127.0.0.1')] };
const held = (port: number): Egress => ({ hosts: [`a.example:${String(port)}`], private: ['a.example'] });

test('a plain request and a tunnel go to what is listed', () =>
  withProxy(HERE, held, async ({ requests, port, say, verdicts }) => {
    const host = `a.example:${String(port)}`;
    assert.match(
      await say(`GET http://${host}/x HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
      /200 OK[^]*answer to \/x/,
    );
    const tunnel = `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\nGET /y HTTP/1.1\r\nHost: z\r\nConnection: close\r\n\r\n`;
    assert.match(await say(tunnel), /200 Connection Established[^]*answer to \/y/);
    assert.match(
      await say(
        `POST http://${host}/p HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
      ),
      /answer to \/p/,
    );
    assert.equal(
      requests.map(({ url }) => url),
      ['/x', '/y', '/p'],
    );
    assert.equal(
      verdicts(),
      Array.from({ length: 3 }, () => `${host} allowed`),
    );
  }));

test('what is not listed is refused, and says why', () =>
  withProxy(HERE, held, async ({ requests, port, say, verdicts }) => {
    const at = String(port);
    const table: readonly (readonly [request: string, verdict: string])[] = [
      [`CONNECT b.example:${at}`, `b.example:${at} not-listed`],
      ['CONNECT a.example:22', 'a.example:22 not-listed'],
      [`CONNECT 127.0.0.1:${at}`, `127.0.0.1:${at} address`],
      [`CONNECT [::1]:${at}`, `[::1]:${at} address`],
      [`CONNECT [::ffff:127.0.0.1]:${at}`, `[::ffff:7f00:1]:${at} address`],
      [`CONNECT a.example:${at}@b.example:${at}`, `b.example:${at} not-listed`],
      [`CONNECT a%2eexample:${at}`, `a%2eexample:${at} malformed`],
      [`CONNECT 2130706433:${at}`, `2130706433:${at} not-listed`],
      [`GET http://2130706433:${at}/`, `127.0.0.1:${at} address`],
      [`GET http://0x7f.1:${at}/`, `127.0.0.1:${at} address`],
      [`GET http://b.example:${at}/`, `b.example:${at} not-listed`],
      ['GET http://a.example/', 'a.example:80 not-listed'],
      [`GET http://SeCrEt.example:${at}/`, `SeCrEt.example:${at} not-listed`],
      [`GET http://a.example:${at}@b.example/`, 'b.example:80 not-listed'],
    ];
    for (const [request] of table) {
      const answer = await say(`${request} HTTP/1.1\r\nHost: a.example:${at}\r\n\r\n`);
      assert.match(answer, /^HTTP\/1.1 403 Forbidden\r\n[^]*pushpals refuses/, request);
    }
    assert.equal(
      verdicts(),
      table.map(([, verdict]) => verdict),
    );
    assert.is(requests.length, 0);
  }));

test('what is no request to a proxy gets no further', () =>
  withProxy(HERE, held, async ({ requests, port, say }) => {
    const host = `a.example:${String(port)}`;
    for (const request of [
      `GET /x HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      `GET https://${host}/ HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      `GET ftp://${host}/ HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      'CONNECT a.example HTTP/1.1\r\n\r\n',
      `CONNECT b.example:1#${host} HTTP/1.1\r\n\r\n`,
      'CONNECT :443 HTTP/1.1\r\n\r\n',
      `GET http://b.example\\@${host}/ HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      `CONNECT http://${host}/ HTTP/1.1\r\n\r\n`,
      '\u0005\u0001\u0000',
      '\u0016\u0003\u0001\u0000\u0005hello\r\n\r\n',
    ])
      assert.match(await say(request), /^HTTP\/1.1 40[03] /, request);
    assert.is(requests.length, 0);
  }));

test('the request says for which host it is, whatever its header says', () =>
  withProxy(HERE, held, async ({ requests, port, say }) => {
    const host = `a.example:${String(port)}`;
    await say(
      `GET http://${host}/ HTTP/1.1\r\nHost: internal.example\r\nhOsT: other.example\r\nX: 1\r\nConnection: close\r\n\r\n`,
    );
    // Two of them are no request at all to Node's own parser.
    await say(`GET http://${host}/1 HTTP/1.1\r\nHost: internal.example\r\nX: 1\r\nConnection: close\r\n\r\n`);
    await say(`GET http://${host}/2 HTTP/1.0\r\n\r\n`);
    const seen = requests.map(({ rawHeaders }) =>
      rawHeaders.filter((_, at) => rawHeaders[at - (at % 2)]?.toLowerCase() === 'host'),
    );
    for (const hosts of seen) assert.equal(hosts, ['Host', host]);
    assert.ok(seen.length >= 2);
  }));

test('no request can hide another in its body', () =>
  withProxy(HERE, held, async ({ requests, port, say }) => {
    const host = `a.example:${String(port)}`;
    const hidden = 'GET /hidden HTTP/1.1\r\nHost: internal.example\r\n\r\n';
    const chunk = `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`;
    for (const method of ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'POST'])
      await say(
        `${method} http://${host}/open HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunk}`,
      );
    await say(
      `GET http://${host}/open HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${String(hidden.length)}\r\nConnection: close\r\n\r\n${hidden}`,
    );
    await say(
      `POST http://${host}/open HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunk}`,
    );
    await say(
      `GET http://${host}/open HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: upgrade, close\r\n\r\n${hidden}`,
    );
    assert.ok(requests.length > 0);
    assert.equal(
      requests.filter(({ url, headers }) => url !== '/open' || headers.upgrade !== undefined),
      [],
    );
  }));

test('a listed name gets nobody to an address that is not public', async () => {
  const addresses = {
    'loop.example': [v4('127.0.0.1')],
    'six.example': [v6('::1')],
    'ten.example': [v4('10.1.2.3')],
    'meta.example': [v4('169.254.169.254')],
    'meta6.example': [v6('fd00:ec2::254')],
    'shared.example': [v4('100.64.0.1')],
    'zero.example': [v4('0.0.0.0')],
    'mapped.example': [v6('::ffff:127.0.0.1')],
    'compatible.example': [v6('::7f00:1')],
    'translated.example': [v6('64:ff9b::7f00:1')],
    'tunnelled.example': [v6('2002:7f00:1::')],
    'link.example': [v6('fe80::1')],
    'site.example': [v6('fec0::1')],
    'many.example': [v4('224.0.0.1'), v4('255.255.255.255'), v4('192.0.2.1')],
  };
  const hosts = (port: number): string[] => Object.keys(addresses).map((name) => `${name}:${String(port)}`);
  await withProxy(
    addresses,
    (port) => ({ hosts: hosts(port), private: [] }),
    async ({ port, say, verdicts, requests }) => {
      for (const host of hosts(port)) assert.match(await say(`CONNECT ${host} HTTP/1.1\r\n\r\n`), / 403 /, host);
      assert.equal(
        verdicts(),
        hosts(port).map((host) => `${host} private-address`),
      );
      assert.is(requests.length, 0);
    },
  );
  // The policy's word lets private ones through, and never those that nobody means.
  const never = [
    'meta.example',
    'zero.example',
    'link.example',
    'many.example',
    'tunnelled.example',
    'compatible.example',
  ];
  await withProxy(
    addresses,
    (port) => ({ hosts: hosts(port), private: ['*.example'] }),
    async ({ port, say, verdicts }) => {
      for (const name of never) await say(`CONNECT ${name}:${String(port)} HTTP/1.1\r\n\r\n`);
      assert.equal(
        verdicts(),
        never.map((name) => `${name}:${String(port)} private-address`),
      );
      for (const name of ['loop.example', 'mapped.example', 'translated.example'])
        await say(`CONNECT ${name}:${String(port)} HTTP/1.1\r\n\r\n`, /200|^$/);
      assert.equal(
        verdicts().slice(never.length),
        ['loop', 'mapped', 'translated'].map((name) => `${name}.example:${String(port)} allowed`),
      );
    },
  );
});

test('of a name with several addresses only those that may be reached are tried', () =>
  withProxy({ 'a.example': [v4('169.254.169.254'), v4('127.0.0.1'), v6('fe80::1')] }, held, async ({ port, say }) => {
    assert.match(
      await say(`GET http://a.example:${String(port)}/x HTTP/1.1\r\nConnection: close\r\nHost: x\r\n\r\n`),
      /answer to \/x/,
    );
  }));

test('a name is looked up once a connection, so what was looked at is what is connected to', async () => {
  let lookups = 0;
  const rebinding: Resolve = () => {
    lookups += 1;
    return Promise.resolve([v4(lookups % 2 === 1 ? '192.0.2.1' : '127.0.0.1')]);
  };
  const noPrivate = (port: number): Egress => ({ ...held(port), private: [] });
  await withProxy(rebinding, noPrivate, async ({ port, say, verdicts, requests }) => {
    const host = `a.example:${String(port)}`;
    for (let times = 0; times < 4; times += 1) await say(`CONNECT ${host} HTTP/1.1\r\n\r\n`);
    assert.is(lookups, 4);
    assert.is(requests.length, 0);
    assert.equal(new Set(verdicts()), new Set([`${host} private-address`]));
  });
});

test('a name without an address is refused as that, and a resolver that fails otherwise ends the connection only', async () => {
  await withProxy({}, held, async ({ port, say, verdicts }) => {
    assert.match(await say(`CONNECT a.example:${String(port)} HTTP/1.1\r\n\r\n`), / 403 /);
    assert.equal(verdicts(), [`a.example:${String(port)} no-address`]);
  });
  const broken: Resolve = () => Promise.reject(new Error('no thread'));
  await withProxy(broken, held, async ({ port, say }) => {
    assert.match(await say(`CONNECT a.example:${String(port)} HTTP/1.1\r\n\r\n`), / 500 /);
  });
});

test('names wait for their turn to be looked up, and not without end', async () => {
  let running = 0;
  let most = 0;
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow: Resolve = async () => {
    running += 1;
    most = Math.max(most, running);
    await gate;
    running -= 1;
    return notFound();
  };
  await withProxy(
    slow,
    (port) => ({ hosts: [`*.a.example:${String(port)}`], private: [] }),
    async ({ port, say, asked }) => {
      const said = Array.from({ length: 100 }, (_, at) =>
        say(`CONNECT x${String(at)}.a.example:${String(port)} HTTP/1.1\r\n\r\n`),
      );
      await until('34 are turned away', () => asked.filter(({ verdict }) => verdict === 'busy').length === 34);
      release();
      await Promise.all(said);
      assert.is(most, 2);
      assert.is(asked.filter(({ verdict }) => verdict === 'no-address').length, 66);
    },
  );
});

test('endless headers and idle connections are bounded, and others still get through', () =>
  withProxy(HERE, held, async ({ port, say, open }) => {
    const host = `a.example:${String(port)}`;
    assert.match(await say(`GET http://${host}/ HTTP/1.1\r\n${'X: y\r\n'.repeat(20_000)}`), /^HTTP\/1.1 4\d\d /);
    assert.match(await say(`CONNECT ${'x'.repeat(100_000)}`), /^HTTP\/1.1 4\d\d /);
    const idle = Array.from({ length: 200 }, open);
    let closed = 0;
    for (const socket of idle) socket.on('close', () => (closed += 1));
    // What is over the limit is turned away.
    await until('those over the limit are closed', () => closed >= 72);
    for (const socket of idle) socket.destroy();
    await until('all are closed', () => closed === 200);
    assert.match(await say(`GET http://${host}/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`), /answer to \/x/);
  }));

test('whatever a listed server answers, it lives on', async () => {
  const answers = [
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    'HTTP/1.1 200 \u0001\u00ff\r\n\r\n',
    'HTTP/1.1 000 x\r\n\r\n',
    'HTTP/1.1 999 x\r\nX: \u0000\u0007\r\n: y\r\nTrailer: z\r\n\r\n',
    'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nhello',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\n\r\nHTTP/1.1 204 x\r\nContent-Length: 9\r\n\r\n',
    'HTTP/1.1 407 Auth\r\nProxy-Authenticate: Basic\r\n\r\n',
    `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(5000)}\r\n`,
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno',
    'garbage',
    '',
  ];
  const hostile = createTcpServer((socket) => {
    socket
      .on('error', () => undefined)
      .once('data', () => socket.end(answers[asks++ % answers.length] ?? '', 'latin1'));
  });
  let asks = 0;
  hostile.listen(0, '127.0.0.1');
  await once(hostile, 'listening');
  const at = String((hostile.address() as AddressInfo).port);
  const egress = (port: number): Egress => ({
    hosts: [`a.example:${at}`, `a.example:${String(port)}`],
    private: ['*.example'],
  });
  await withProxy(HERE, egress, async ({ port, say, open }) => {
    const request = (host: string): string =>
      `GET http://a.example:${host}/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
    for (const _ of answers) open().resume().end(request(at));
    await until('every answer was sent', () => asks >= answers.length);
    // Clients that go away at once, as well.
    for (let times = 0; times < answers.length; times += 1) open().end(request(at)).destroySoon();
    assert.match(await say(request(String(port))), /answer to \/x/);
  });
  hostile.close();
});

test('whatever is said to it, it lives on and lets nothing through that is not listed', () =>
  withProxy(HERE, held, async ({ port, open, requests, asked }) => {
    const hurl = (text: string): Promise<unknown> =>
      new Promise((resolve) => open().on('close', resolve).resume().end(text));
    const at = String(port);
    const word = fc.constantFrom(
      'CONNECT ',
      'GET ',
      'http://',
      'a.example',
      'b.example',
      `:${at}`,
      '@',
      '#',
      '?',
      '/',
      '\\',
      '%00',
      '\0',
      '[::1]',
      '127.0.0.1',
      ' HTTP/1.1\r\n',
      'Host: b.example\r\n',
      'Connection: upgrade\r\n',
      'Upgrade: x\r\n',
      'Transfer-Encoding: chunked\r\n',
      'Content-Length: 9\r\n',
      '\r\n',
      '0\r\n\r\n',
      'Proxy-Authorization: x\r\n',
    );
    const said = fc.sample(fc.array(word, { minLength: 1, maxLength: 14 }), 150).map((words) => words.join(''));
    for (let from = 0; from < said.length; from += 50)
      await Promise.all(said.slice(from, from + 50).map((text) => hurl(`${text}\r\n\r\n\r\n\r\n`)));
    for (const { host, verdict } of asked)
      if (verdict === 'allowed') assert.is(host.toLowerCase().replace(/\.$/, ''), 'a.example');
    for (const { headers } of requests) assert.is(headers.host ?? '', `a.example:${at}`);
  }));

test.run();
