// one Node: whose turn it is
import { resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { composition } from '../../runner/compose.js';
import type { Models } from '../../runner/app/ports/models.js';
import { Said } from '../../runner/app/said.js';
import { SeenHistory } from '../../runner/app/seen.js';
import { takeIn } from '../../runner/app/take-in.js';
import { inTurn } from '../../runner/app/turn.js';
import { readWorld } from '../../runner/app/world.js';
import { makeProject } from '../cli/program.js';
import { GIT_ENV, SEARCH_PATH } from '../git-repository.js';
import { until } from '../until.js';

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
  const own = composition({
    env: GIT_ENV,
    searchPath: SEARCH_PATH,
    self: { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
    pid: process.pid,
    nodePath: process.execPath,
    programDir: resolve('.'),
    version: '0.0.0',
  });
  const repo = await own.openRepo(project.dir);
  if (!repo.ok) throw new Error(JSON.stringify(repo.failure));
  const connection = await own.connect(repo.value, () => undefined, true);
  if (!connection.ok) throw new Error(JSON.stringify(connection.failure));
  const { tools, branch } = connection.value;
  try {
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
    const world = await readWorld(tools, branch);
    if (!world.ok) throw new Error(JSON.stringify(world.failure));
    const taken = takeIn({ ...tools, models: slow }, world.value, new Said(), new SeenHistory(tools));
    await until('another writer has had its turn', () => Promise.resolve(hadTurn));
    const { ok } = await taken;
    assert.ok(ok);
    assert.is(asked, 1);
  } finally {
    repo.value.close();
    await own.close();
    await project.remove();
  }
});

test.run();
