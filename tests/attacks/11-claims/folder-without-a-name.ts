import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'leaves a program in a folder whose name is no text, for the check of another order',
  story:
    'A folder that git ignores, called `odd\\xff.log`, is listed under a name that leads nowhere: who removes by that name removes nothing, and the tree goes back to the pool as clean. ' +
    'The check of a later order is made on a tree from there. It must find what its commit holds and nothing else.',
  by: 'project',
  attempt: async (target) => {
    await target.commit({
      '.gitignore': '*.log\n',
      'formulas/honest.yml': stringify({
        formula: 'honest',
        version: 1,
        steps: [
          { id: 'change', run: 'echo two > src/a.txt' },
          {
            id: 'verify',
            needs: ['change'],
            check: 'ls; for each in */verify; do [ ! -e "$each" ] || sh "$each"; done; exit 1',
          },
          { id: 'ship', needs: ['verify'], ship: {} },
        ],
      }),
    });
    const leave = `d=$(printf 'odd\\377.log'); mkdir "$d"; echo 'echo fa""ked; kill -9 $PPID; exit 0' > "$d/verify"; chmod +x "$d/verify"; sleep 0.5`;
    const steps = ['a', 'b', 'c'].map((id) => ({ id, run: leave }));
    const first = await target.step(leave, { formula: { steps: [...steps] } });
    assert.is(first.failure, null, first.written.slice(0, 2000));
    await target.write('ops/inbox/honest.yml', 'goal: Honest work\nformula: honest\n');
    await target.outcome('honest');
    const { stdout } = await target.pushpals(['log', 'honest']);
    assert.not.match(stdout, /faked/);
  },
};
