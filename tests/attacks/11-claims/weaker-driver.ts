import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'takes the engine away, so that a weaker driver would have to do',
  story:
    'Whoever can stop the engine, or sets DOCKER_HOST, hopes that the runner goes on without a sandbox. The order waits as `sandbox-unavailable`, uses up no attempt, and no other driver takes it.',
  by: 'anybody',
  attempt: () =>
    withTarget('docker', async (target) => {
      await target.commit({
        'formulas/attack.yml':
          'formula: attack\nversion: 1\nsteps: [{ id: a, run: "echo two > src/a.txt" }, { id: ship, needs: [a], ship: {} }]\n',
      });
      await target.write('ops/inbox/go.yml', 'goal: Go\nformula: attack\n');
      const tick = await target.pushpals(['tick'], { env: { DOCKER_HOST: 'unix:///nowhere/engine.sock' } });
      assert.is(tick.exitCode, 3, tick.stderr);
      assert.match(tick.stderr, /sandbox-unavailable/);
      assert.ok((await target.opsFiles()).includes('waiting/go.yml'));
      assert.is(await target.git('branch', '--list', 'pushpals/*'), '');
    }),
};
