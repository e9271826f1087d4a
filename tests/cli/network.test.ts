// deadline: 120s
import { test } from 'uvu';
import * as assert from 'uvu/assert';
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

test.run();
