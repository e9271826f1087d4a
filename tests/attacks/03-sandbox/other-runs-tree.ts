import * as assert from 'uvu/assert';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'reads and changes the work tree of another run',
  story:
    'Runs of several orders go on side by side. A step that reaches another’s tree reads its secrets and writes what that one ships. Nothing but its own folders is there, by whatever way.',
  by: 'script',
  except: { host: { succeeds: 'a step reads whatever you may' } },
  attempt: async ({ run, workspace }) => {
    const other = mkdtempSync(join(tmpdir(), 'pushpals-other-'));
    try {
      chmodSync(other, 0o777);
      writeFileSync(join(other, 'canary'), 'the-canary', { mode: 0o666 });
      chmodSync(join(other, 'canary'), 0o666);
      const { output } = await run(
        `for root in "" /proc/1/root /proc/self/root /workspace/../..; do cat "$root${other}/canary"; done 2>/dev/null; ls "${dirname(workspace.dir)}" 2>/dev/null; true`,
      );
      assert.not.match(output, /the-canary/);
    } finally {
      rmSync(other, { recursive: true });
    }
  },
};
