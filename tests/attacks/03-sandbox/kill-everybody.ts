import * as assert from 'uvu/assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'kills and traces every process that it can',
  story:
    'kill(2) with -1 ends whatever the user may end: another step of the same user, the editor, the runner itself. In the sandbox there is nobody but the step, and the next command runs as if nothing had been.',
  by: 'script',
  except: { host: { notApplicable: 'it would end the runner and whatever else is yours' } },
  attempt: async ({ run, sandbox }) => {
    const owner = process.getuid?.() === 0 ? { uid: 61347, gid: 61347 } : {};
    const bystander = spawn('sleep', ['600'], { ...owner, stdio: 'ignore' });
    try {
      await once(bystander, 'spawn');
      const pid = String(bystander.pid);
      const look = await run(
        `kill -9 ${pid} && echo killed; cat /proc/${pid}/environ > /dev/null 2>&1 && echo read; kill -9 1; kill -9 -1; true`,
      );
      assert.not.match(look.output, /killed|read/);
      assert.is(bystander.exitCode ?? bystander.signalCode, null);
      sandbox.renew();
      assert.is((await run('echo again')).output, 'again\n');
    } finally {
      bystander.kill('SIGKILL');
    }
  },
};
