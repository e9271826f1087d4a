import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BubblewrapDriver } from '../../../runner/adapters/sandbox/bubblewrap.js';
import { DockerDriver } from '../../../runner/adapters/sandbox/docker.js';
import { HostDriver } from '../../../runner/adapters/sandbox/host.js';
import type { SandboxDriver } from '../../../runner/app/ports/sandbox.js';
import type { Asked } from '../../../runner/core/egress.js';
import type { RunId } from '../../../runner/core/ids.js';
import { withSandbox, type SandboxTraits } from '../../contracts/sandbox-rig.js';
import { needs } from '../../engine.js';

const self = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const owner = self.uid === 0 ? { uid: 61347, gid: 61347 } : self;
const PATH = '/usr/local/bin:/usr/bin:/bin';

/** A server on this machine's loopback, and what was asked of it. */
async function withServer(use: (port: number, requests: IncomingMessage[]) => Promise<void>): Promise<void> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    response.end(`the answer to ${request.url ?? ''}\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use((server.address() as AddressInfo).port, requests);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const drivers: readonly (readonly ['docker' | 'bubblewrap', () => SandboxDriver, SandboxTraits])[] = [
  [
    'docker',
    () => new DockerDriver(owner, undefined),
    { isolates: true, boundsMemory: true, image: 'pushpals-test:1' },
  ],
  [
    'bubblewrap',
    () => new BubblewrapDriver(owner, PATH, [], randomUUID, self),
    { isolates: true, boundsMemory: false, image: undefined },
  ],
];

for (const [name, make, traits] of drivers) {
  const register = needs(name, test);
  const sh = name === 'docker' ? '' : 'busybox ';

  register(`${name}: a step with a list reaches what is listed, and nothing else`, () =>
    withServer((port, requests) =>
      withSandbox(
        make(),
        traits,
        async ({ run }) => {
          const asked: Asked[] = [];
          const listed = `localhost:${String(port)}`;
          const end = await run(
            `env | grep -i proxy; ${sh}wget -q -O - http://${listed}/a; { printf 'CONNECT ${listed} HTTP/1.1\\r\\n\\r\\nGET /b HTTP/1.0\\r\\n\\r\\n'; sleep 0.3; } | ${sh}nc 127.0.0.1 3128; ${sh}wget -q -O - http://other.example/; ${sh}wget -q -O - http://127.0.0.1:${String(port)}/`,
            { onAsked: (each) => asked.push(each) },
          );
          assert.match(end.output, /the answer to \/a/);
          assert.match(end.output, /the answer to \/b/);
          assert.equal(
            requests.map(({ url }) => url),
            ['/a', '/b'],
          );
          assert.equal(asked, [
            { host: 'localhost', port, verdict: 'allowed' },
            { host: 'localhost', port, verdict: 'allowed' },
            { host: 'other.example', port: 80, verdict: 'not-listed' },
            { host: '127.0.0.1', port, verdict: 'address' },
          ]);
        },
        { network: { hosts: [`localhost:${String(port)}`], private: ['localhost'] } },
      ),
    ),
  );
}

test('host: a list of hosts is refused', async () => {
  const driver = new HostDriver(self, PATH, '/', randomUUID);
  const spec = { run: 'r' as RunId, network: { hosts: ['a.example'], private: [] } };
  const opened = await driver.open(spec as unknown as Parameters<SandboxDriver['open']>[0]);
  assert.is(opened.ok ? '' : opened.failure.class, 'sandbox-unavailable');
});

test.run();
