// deadline: 120s
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { needs } from '../engine.js';
import { SANDBOX, makeProject, type Project } from './program.js';

/** A project whose tests hold only if `setup` saw other network interfaces than they do. */
async function project(driver: 'bubblewrap' | 'docker', allow: 'none' | 'full'): Promise<Project> {
  const made = await makeProject(driver);
  await made.commit({
    'pushpals.yml': `version: 1
project: test
sandbox: ${SANDBOX[driver] ?? ''}
commands:
  setup: { run: "cut -d: -f1 /proc/net/dev > interfaces", network: full }
  test: '[ -s interfaces ] && [ "$(cut -d: -f1 /proc/net/dev)" != "$(cat interfaces)" ]'
formula: tested
`,
    'policy/policy.yml': `version: 1\ndefault: low\nnetwork: { allow: ${allow} }\n`,
    'formulas/tested.yml': `formula: tested
version: 1
steps:
  - { id: change, run: "echo two > src/a.txt" }
  - { id: verify, check: { command: test }, needs: [change] }
  - { id: ship, ship: {}, needs: [verify] }
`,
  });
  await made.write('ops/inbox/go.md', 'Go\n');
  return made;
}

for (const driver of ['bubblewrap', 'docker'] as const) {
  needs(driver, test)(
    `${driver}: setup has the network that it was given, and the tests after it have none`,
    async () => {
      const made = await project(driver, 'full');
      const tick = await made.pushpals(['tick']);
      assert.is(tick.exitCode, 0, tick.stderr);
      assert.is(await made.show('pushpals/go', 'src/a.txt'), 'two\n');
      await made.remove();
    },
  );
}

needs('bubblewrap', test)(
  'an order whose set-up needs a network that the policy does not give waits, and says so',
  async () => {
    const made = await project('bubblewrap', 'none');
    const tick = await made.pushpals(['tick']);
    assert.is(tick.exitCode, 3, tick.stderr);
    assert.match(tick.stderr, /go: waits: step verify: the policy does not let it reach the network/);
    const shown = await made.pushpals(['order', 'show', 'go']);
    assert.match(shown.stdout, /network: \{ allow: full \}/);
    await made.remove();
  },
);

/** A project one of whose steps asks for the server behind `port`, for a host that nobody listed, and ends with `exit`. */
async function listing(
  driver: 'bubblewrap' | 'docker' | 'host',
  { network, allow, exit = 0 }: { readonly network: string; readonly allow: string; readonly exit?: number },
): Promise<Project> {
  const made = await makeProject(driver);
  const get = (url: string): string => `(wget -q -O - ${url} || busybox wget -q -O - ${url})`;
  const server = /localhost:\d+/.exec(network)?.[0] ?? 'localhost';
  await made.commit({
    'policy/policy.yml': `version: 1\ndefault: low\nnetwork: ${allow}\n`,
    'formulas/fetch.yml': `formula: fetch
version: 1
steps:
  - id: get
    network: ${network}
    run: |
      export http_proxy
      ${get(`http://${server}/file`)} > src/a.txt
      ${get('http://evil.example/')}
      exit ${String(exit)}
  - { id: ship, ship: {}, needs: [get] }
`,
  });
  await made.write('ops/inbox/go.yml', 'goal: Go\nformula: fetch\n');
  return made;
}

async function serving(use: (port: string) => Promise<void>): Promise<void> {
  const server = createServer((_request, response) => response.end('served\n'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await use(String((server.address() as AddressInfo).port));
  } finally {
    server.close();
  }
}

const onServer = (port: string): { network: string; allow: string } => ({
  network: `["localhost:${port}"]`,
  allow: `{ allow: ["localhost:${port}"], private: [localhost] }`,
});

needs('docker', test)(
  'docker: a step reaches the hosts of its list, and each that it asked for is in the evidence',
  () =>
    serving(async (port) => {
      const made = await listing('docker', onServer(port));
      const tick = await made.pushpals(['tick']);
      assert.is(tick.exitCode, 0, tick.stderr);
      assert.is(await made.show('pushpals/go', 'src/a.txt'), 'served\n');
      const { run, report } = JSON.parse((await made.pushpals(['evidence', 'show', 'go', '--json'])).stdout) as {
        run: { steps: { network?: unknown }[] };
        report: string;
      };
      assert.equal(run.steps[0]?.network, {
        asked: [
          { host: 'localhost', port: Number(port), verdict: 'allowed', times: 1 },
          { host: 'evil.example', port: 80, verdict: 'not-listed', times: 2 },
        ],
        more: 0,
      });
      assert.match(report, /## Network\n\n- Step `get`: `evil.example:80 was refused 2 times/);
      assert.match((await made.pushpals(['log', 'go'])).stdout, /HTTP\/1\.1 403 Forbidden/);
      await made.remove();
    }),
);

needs('bubblewrap', test)('bubblewrap: a step that fails after it was refused a host says so', () =>
  serving(async (port) => {
    const made = await listing('bubblewrap', { ...onServer(port), exit: 3 });
    const tick = await made.pushpals(['tick']);
    assert.is(tick.exitCode, 1, tick.stderr);
    assert.match(tick.stderr, /step get ended with exit code 3/);
    assert.match(tick.stderr, /network: evil.example:80 was refused \d times: it is not in the list/);
    assert.match(tick.stderr, /add it to the `network` of the step/);
    await made.remove();
  }),
);

test('a list that the policy does not cover keeps the order waiting, and says what to add', async () => {
  const made = await listing('host', { network: '[a.example, b.example]', allow: '{ allow: [a.example] }' });
  const tick = await made.pushpals(['tick']);
  assert.is(tick.exitCode, 3, tick.stderr);
  assert.match(tick.stderr, /go: waits: step get: the policy does not let it reach all of its hosts/);
  const shown = await made.pushpals(['order', 'show', 'go']);
  const checked = await made.pushpals(['validate']);
  assert.is(checked.exitCode, 2);
  assert.match(
    checked.stdout + checked.stderr,
    /formulas\/fetch.yml:5:\d+: step `get`: it needs b.example, .*allow: \[a.exa/,
  );
  const explained = await made.pushpals(['policy', 'explain', '--formula', 'fetch']);
  assert.match(explained.stdout, /step get would reach a.example, b.example: it needs b.example/);
  assert.match(shown.stdout, /it needs b.example, .*network: \{ allow: \[a.example, b.example\] \}/);
  // Nothing that it could not hold is given to a step, nor more than it asked for.
  await made.commit({ 'policy/policy.yml': 'version: 1\ndefault: low\nnetwork: { allow: full }\n' });
  const again = await made.pushpals(['tick']);
  assert.is(again.exitCode, 3, again.stderr);
  assert.match(again.stderr, /go: waits: step get: it cannot hold a step to a list of hosts/);
  const held = await made.pushpals(['validate']);
  assert.match(held.stdout + held.stderr, /fetch.yml:5:\d+: step `get`: the driver host cannot hold a step to a list/);
  await made.remove();
});

test('validate says where a step would have the machine’s own network', async () => {
  const made = await project('bubblewrap', 'full');
  const checked = await made.pushpals(['validate']);
  assert.is(checked.exitCode, 0, checked.stdout);
  assert.match(checked.stdout, /^note: step `verify` of tested: `network: full` by bubblewrap is this machine's own/m);
  await made.remove();
});

test('validate names hosts that are none, and private ones that nobody may reach', async () => {
  const made = await listing('host', { network: '[10.0.0.1]', allow: '{ allow: [a.example], private: [b.example] }' });
  const checked = await made.pushpals(['validate']);
  assert.is(checked.exitCode, 2);
  assert.match(checked.stdout + checked.stderr, /policy\/policy.yml:3:\d+: no step may reach `b.example`/);
  await made.commit({ 'policy/policy.yml': 'version: 1\ndefault: low\n' });
  const again = await made.pushpals(['validate']);
  assert.match(again.stdout + again.stderr, /formulas\/fetch.yml:5:\d+: `10.0.0.1` is an address/);
  await made.remove();
});

test.run();
