import * as assert from 'uvu/assert';
import { MB } from '../../contracts/sandbox-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'takes more memory than it may have',
  story:
    'A step grows until the machine kills something, which need not be the step. It has a bound of its own: it alone is ended, and its failure says so.',
  by: 'script',
  except: { host: { succeeds: 'memory is not bounded' } },
  sandbox: { limits: { memoryBytes: 64 * MB } },
  attempt: async ({ run }) => {
    const end = await run('x=$(head -c 60000000 /dev/zero | tr "\\0" x); y="$x$x"; echo "${#y}"');
    assert.is.not(end.exitCode, 0);
    assert.not.match(end.output, /120000000/);
  },
};
