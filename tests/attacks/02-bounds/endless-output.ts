import * as assert from 'uvu/assert';
import { MB } from '../../contracts/sandbox-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'prints without end',
  story:
    'A step prints until memory or disk of the runner is full, as a loop over an error message does. It is ended at its limit, and no byte beyond that is handed on.',
  by: 'script',
  sandbox: { limits: { outputBytes: 2 * MB } },
  attempt: async ({ run }) => {
    let bytes = 0;
    const end = await run('exec yes', {
      timeoutMs: 30_000,
      onOutput: (chunk) => {
        bytes += chunk.length;
      },
    });
    assert.equal([end.exceeded?.limit, end.exceeded?.most, bytes], ['output', 2 * MB, 2 * MB]);
  },
};
