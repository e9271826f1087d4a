import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Docker from 'dockerode';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { WayOut } from '../../../runner/adapters/egress/way-out.js';
import { BubblewrapDriver } from '../../../runner/adapters/sandbox/bubblewrap.js';
import { DockerDriver } from '../../../runner/adapters/sandbox/docker.js';
import { HostDriver } from '../../../runner/adapters/sandbox/host.js';
import type { SandboxDriver } from '../../../runner/app/ports/sandbox.js';
import type { Asked, Egress } from '../../../runner/core/egress.js';
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

type Driver = readonly ['docker' | 'bubblewrap', () => SandboxDriver, SandboxTraits];
const drivers: readonly [Driver, Driver] = [
  [
    'docker',
    () => new DockerDriver(owner, {}, '/usr/bin:/bin'),
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
          assert.match(end.output, /^https_proxy=http:\/\/127.0.0.1:3128$/m);
          assert.match(end.output, /^NO_PROXY=127.0.0.1,::1$/m);
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
        { network: egressOf(port) },
      ),
    ),
  );
}

const egressOf = (port: number): Egress => ({ hosts: [`localhost:${String(port)}`], private: ['localhost'] });
const fetches = (sh: string, port: number): string => `${sh}wget -q -O - http://localhost:${String(port)}/`;
const nobody = (): Promise<ReadonlySet<RunId>> => Promise.resolve(new Set<RunId>());

if (self.uid === 0)
  needs('bubblewrap', test)('bubblewrap in a user namespace: the way out is the same', () =>
    withServer((port) =>
      withSandbox(
        new BubblewrapDriver(self, PATH, [], randomUUID, self),
        drivers[1][2],
        async ({ run }) => {
          assert.match((await run(fetches('busybox ', port))).output, /the answer/);
        },
        { network: egressOf(port) },
      ),
    ),
  );

needs('bubblewrap', test)(
  'bubblewrap: the way out is no child that a step waits for, nor does it hold its output',
  () =>
    withSandbox(
      drivers[1][1](),
      drivers[1][2],
      async ({ run }) => {
        const end = await run('sleep 0.1 & wait; cat /proc/$$/task/$$/children; echo done; exit 7');
        assert.is(end.exitCode, 7);
        assert.match(end.output, /^(\d+ )?done\n$/);
        assert.ok(end.durationMs < 20_000);
      },
      { network: egressOf(1) },
    ),
);

needs('docker', test)('docker: the container beside a step has no network and no rights, and goes with it', () =>
  withServer(async (port) => {
    const engine = new Docker({ socketPath: '/var/run/docker.sock' });
    const [, make, traits] = drivers[0];
    const driver = make();
    let ids: string[] = [];
    await withSandbox(
      driver,
      traits,
      async ({ run, spec, sandbox }) => {
        const found = await engine.listContainers({ filters: { label: [`pushpals.run=${spec.run}`] } });
        const inspected = await Promise.all(found.map(({ Id }) => engine.getContainer(Id).inspect()));
        const relay = inspected.find(({ HostConfig }) => HostConfig.NetworkMode === 'none');
        const step = inspected.find(({ HostConfig }) => HostConfig.NetworkMode === `container:${relay?.Id ?? ''}`);
        ids = inspected.map(({ Id }) => Id);
        assert.is(ids.length, 2);
        assert.ok(step !== undefined && relay !== undefined);
        const { HostConfig, Config, Mounts } = relay;
        assert.equal(HostConfig.CapDrop, ['ALL']);
        assert.equal(HostConfig.SecurityOpt, ['no-new-privileges']);
        assert.is(HostConfig.ReadonlyRootfs, true);
        assert.is(HostConfig.PidsLimit, 32);
        assert.is(HostConfig.Memory, HostConfig.MemorySwap);
        assert.is.not(Config.User, `${String(owner.uid)}:${String(owner.gid)}`);
        assert.equal(
          Mounts.filter(({ RW }) => RW),
          [],
        );
        assert.ok(Config.Env.includes('LD_PRELOAD='));
        // A command that was stopped takes its container along; the next one is in the same network.
        assert.is((await run('sleep 1000', { timeoutMs: 300 })).timedOut, true);
        assert.match((await run(fetches('', port))).output, /the answer/);
        // Without its other half nothing that it does says anything of the step: neither what was running, nor what comes next.
        for (const script of [`while ${fetches('', port)}; do sleep 0.05; done; exit 5`, 'true']) {
          const end = await sandbox.exec({
            script,
            env: {},
            timeoutMs: 20_000,
            signal: new AbortController().signal,
            onOutput: () =>
              void engine
                .getContainer(relay.Id)
                .kill()
                .catch(() => undefined),
          });
          assert.match(
            end.ok ? '' : JSON.stringify(end.failure),
            /sandbox-unavailable.*the way out of the sandbox has/,
          );
        }
      },
      { network: egressOf(port) },
    );
    const left = await engine.listContainers({ all: true });
    assert.equal(
      left.filter(({ Id }) => ids.includes(Id)),
      [],
    );
  }),
);

needs('docker', test)('docker: sweep takes both containers of a dead run', async () => {
  const [, make, traits] = drivers[0];
  const driver = make();
  await withSandbox(
    driver,
    traits,
    async ({ spec }) => {
      const name = `container of ${spec.run}`;
      assert.equal(await driver.sweep(spec.repositoryId, () => Promise.resolve(new Set([spec.run]))), []);
      assert.equal(await driver.sweep(spec.repositoryId, nobody), [name, name]);
    },
    { network: egressOf(1) },
  );
});

test('two ways out stay apart, however long their paths are, and go without a trace', async () => {
  const home = mkdtempSync(join(tmpdir(), 'pushpals-ways-'));
  const folders = ['a', 'b'].map((name) =>
    join(home, ...Array.from({ length: 12 }, () => 'quite-a-long-name'), name, 'in'),
  );
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  const open = (): Promise<WayOut[]> => Promise.all(folders.map((folder) => WayOut.open(folder, egressOf(1))));
  try {
    for (const order of [
      [0, 1],
      [1, 0],
    ] as const) {
      const ways = await open();
      const places = ways.map(({ folder }) => folder);
      assert.equal(
        places.map((place) => readdirSync(place).sort()),
        [
          ['alive', 'proxy'],
          ['alive', 'proxy'],
        ],
      );
      await ways[order[0]]?.close();
      assert.equal(readdirSync(places[order[1]] ?? '').sort(), ['alive', 'proxy']);
      await ways[order[1]]?.close();
      assert.equal(
        folders.map((folder) => readdirSync(dirname(folder))),
        [['in'], ['in']],
      );
    }
  } finally {
    rmSync(home, { recursive: true });
  }
});

test('host: a list of hosts is refused', async () => {
  const driver = new HostDriver(self, PATH, '/', randomUUID);
  const spec = { run: 'r' as RunId, network: { hosts: ['a.example'], private: [] } };
  const opened = await driver.open(spec as unknown as Parameters<SandboxDriver['open']>[0]);
  assert.is(opened.ok ? '' : opened.failure.class, 'sandbox-unavailable');
});

test.run();
