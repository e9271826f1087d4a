import * as assert from 'uvu/assert';
import { MB } from '../../contracts/sandbox-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'fills the disk from its work tree and its outputs',
  story:
    'A step writes files until nothing is left for anybody. It is ended while it writes, and its failure says what it used; what it wrote is not taken over.',
  by: 'script',
  sandbox: { limits: { diskBytes: 8 * MB } },
  attempt: async ({ run, sandbox }) => {
    const fill = `i=0; while [ $i -lt 500 ]; do for d in . "${sandbox.paths.out}"; do head -c 200000 /dev/zero > "$d/fill-$i" || exit 9; done; i=$((i + 1)); sleep 0.01; done`;
    const end = await run(fill, { timeoutMs: 60_000 });
    assert.equal([end.exceeded?.limit, end.exceeded?.most], ['disk', 8 * MB], JSON.stringify(end));
  },
};
