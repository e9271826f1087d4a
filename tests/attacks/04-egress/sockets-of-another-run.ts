import * as assert from 'uvu/assert';
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WayOut } from '../../../runner/adapters/egress/way-out.js';
import type { Attack } from '../attack.js';
import { REFUSES } from '../egress.js';

export const attack: Attack = {
  title: 'looks for the way out of another run, which may reach more',
  story:
    'Another step runs at the same time, with a longer list. The attacker searches every folder for its socket, and the abstract names that belong to no folder. A sandbox is shown the sockets of its own way out and no other.',
  by: 'script',
  sandbox: { network: { hosts: ['listed.example'], private: [] } },
  except: REFUSES,
  attempt: async ({ run, workspace }) => {
    const home = mkdtempSync(join(tmpdir(), 'pushpals-other-'));
    mkdirSync(join(home, 'in'));
    const other = await WayOut.open(join(home, 'in'), { hosts: ['*.example'], private: ['*.example'] });
    try {
      const { output } = await run(
        `busybox find / -type s 2>/dev/null; ls -R ${home} ${other.folder} /proc/1/root${home} 2>&1 | busybox grep -v 'No such\\|denied'; busybox sed 's/.* //' /proc/net/unix | busybox grep '^@'; true`,
      );
      const found = output.split('\n').filter(Boolean);
      assert.equal(
        found.filter((path) => !/^\/pushpals(-relay|\/relay)\/way\/(proxy|alive)$/.test(path)),
        [],
        output,
      );
      assert.not.match(output, new RegExp(workspace.home));
    } finally {
      await other.close();
      rmSync(home, { recursive: true });
    }
  },
};
