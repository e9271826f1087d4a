import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

const CANARY = 'PUSHPALS_ATTACK_CANARY';

export const attack: Attack = {
  title: 'reads the environment of the runner',
  story:
    'Runners are started with tokens in their environment. A step prints its own environment and that of every process that it can see; neither holds a variable of the runner’s.',
  by: 'script',
  except: { host: { succeeds: 'processes of one user can read each other’s environment' } },
  attempt: async ({ run }) => {
    // Read from /proc, which shows what a process was started with: so a process of ours has to be started with it.
    const { spawn } = await import('node:child_process');
    const runner = spawn('sleep', ['60'], { env: { ...process.env, [CANARY]: 'canary' }, stdio: 'ignore' });
    try {
      const { output } = await run(
        'env; cat /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n" | grep -a CANARY; echo end',
      );
      assert.match(output, /end/);
      assert.not.match(output, new RegExp(CANARY));
    } finally {
      runner.kill();
    }
  },
};
