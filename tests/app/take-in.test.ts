// one Node: whose turn it is
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Models } from '../../runner/app/ports/models.js';
import { Said } from '../../runner/app/said.js';
import { SeenHistory } from '../../runner/app/seen.js';
import { takeIn } from '../../runner/app/take-in.js';
import { inTurn } from '../../runner/app/turn.js';
import { readWorld } from '../../runner/app/world.js';
import { makeProject } from '../cli/program.js';
import { until } from '../until.js';
import { connected, valueOf } from './connected.js';

test('a model that takes its time to answer keeps no other writer from the ops branch', async () => {
  const project = await makeProject('host', {
    'formulas/work.yml': stringify({
      formula: 'work',
      version: 1,
      agent: 'bug-fixer',
      steps: [{ id: 'work', agent: 'Work.' }],
    }),
  });
  const models = { default: { provider: 'ollama', model: 'm', baseUrl: 'http://127.0.0.1:9' } };
  await project.commit({
    'pushpals.yml': stringify({ version: 1, project: 't', sandbox: { driver: 'host' }, models }),
  });
  await project.write('ops/inbox/go.yml', 'goal: Go\nformula: work\n');
  await project.git('-C', 'ops', 'add', 'inbox/go.yml');
  await project.git('-C', 'ops', 'commit', '-q', '-m', 'an order');
  await connected(project, true, async ({ tools, branch }) => {
    let asked = 0;
    let hadTurn = false;
    const slow: Pick<Models, 'open'> = {
      open: async (name, spec) => ({
        ...(await tools.models.open(name, spec)),
        unavailable: async () => {
          asked += 1;
          await inTurn(tools.ops, () => Promise.resolve());
          hadTurn = true;
          return null;
        },
      }),
    };
    const world = valueOf(await readWorld(tools, branch));
    const taken = takeIn({ ...tools, models: slow }, world, new Said(), new SeenHistory(tools));
    await until('another writer has had its turn', () => Promise.resolve(hadTurn));
    const { ok } = await taken;
    assert.ok(ok);
    assert.is(asked, 1);
  });
});

test.run();
