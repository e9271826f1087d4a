import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'takes over the first process of its sandbox, and what it holds open',
  story:
    'The first process was there before the step, and lives until everything else has ended. Who reads its files, memory and environment, or stops it, has what the runner opened, or outlives the step. It is somebody else’s, or has nothing.',
  by: 'script',
  except: { host: { notApplicable: 'the first process is the machine’s own' } },
  attempt: async ({ run, sandbox }) => {
    const { output } = await run(
      `for each in environ fd/0 fd/3 fd/5 root/etc/shadow cwd/etc/shadow map_files; do cat /proc/1/$each > /dev/null 2>&1 && echo "read $each"; done
       ls /proc/1/fd 2>/dev/null | grep . && echo "read fd"; (echo x > /proc/1/mem) 2>/dev/null && echo "wrote mem"; (echo 0 > /proc/1/oom_score_adj) 2>/dev/null && echo "wrote score"
       for signal in STOP TSTP KILL TERM SEGV; do kill -$signal 1 2>/dev/null; done; sleep 0.1; grep -q '^State:.*stopped' /proc/1/status && echo stopped; true`,
    );
    assert.not.match(output, /^(read|wrote|stopped)/m);
    sandbox.renew();
    assert.is((await run('echo again')).output, 'again\n');
  },
};
