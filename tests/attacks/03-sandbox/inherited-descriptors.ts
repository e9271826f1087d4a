import * as assert from 'uvu/assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Attack } from '../attack.js';

/** Beyond those that Node closes to its children by itself. */
const HIGH = 100;

export const attack: Attack = {
  title: 'uses what the runner was started with open',
  story:
    'Whoever starts the runner (a terminal, a service manager, a shell with a lock) can leave files and folders open to it without knowing. Of a folder that is open, whoever has its number reaches every other of the machine, whatever is mounted where (as with runc, CVE-2024-21626). Nothing is open to a step but its own streams.',
  by: 'project',
  attempt: async (target) => {
    await target.commit({
      'formulas/attack.yml': `formula: attack\nversion: 1\nsteps:\n  - id: a\n    run: 'cat /proc/self/fd/*/etc/hostname && echo es""caped; ls -l /proc/self/fd; true'\n`,
    });
    await target.write('ops/inbox/go.yml', 'goal: Go\nformula: attack\n');
    const open = openSync('/', 'r');
    try {
      const stdio = [
        ...Array.from({ length: HIGH }, (_, fd) => (fd === 1 || fd === 2 ? ('pipe' as const) : ('ignore' as const))),
        open,
      ];
      const child = spawn(process.execPath, [resolve('dist/pushpals.js'), 'tick'], { cwd: target.dir, stdio });
      const said = child.stderr === null ? '' : text(child.stderr);
      await once(child, 'exit');
      const { stdout } = await target.pushpals(['log', 'go']);
      assert.match(stdout, /0 -> /, await said);
      assert.not.match(stdout, /escaped/);
    } finally {
      closeSync(open);
    }
  },
};
