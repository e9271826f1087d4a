import * as assert from 'uvu/assert';
import { withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'moves the order to `active/` and its request to `fired/` by hand',
  story:
    'A runner that takes over after a crash goes on with fired requests. Eve makes one by hand; no commit approves it, so the order is asked for anew.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.drop('go', 'm');
      const id = await vault.request();
      // Whoever may write to the ops branch can make an order active, and its request fired.
      const record = (await vault.show('refs/heads/ops', 'waiting/go.yml')) ?? '';
      const request = (await vault.show('refs/heads/ops', `vault/pending/${id}.yml`)) ?? '';
      const tip = await vault.git('rev-parse', 'refs/heads/ops');
      await vault.ops('rm', '-q', 'waiting/go.yml', `vault/pending/${id}.yml`);
      const active = record.replace(/^waiting:\n(?: .*\n)+/m, '').replace(/^( {2}base: .*\n)/m, `$1  request: ${id}\n`);
      await vault.write('ops/active/go.yml', active);
      await vault.write(
        `ops/vault/fired/${id}.yml`,
        `${request}approvals:\n  - { by: ada, commit: ${tip}, at: "2026-11-20T00:00:00.000Z" }\nend: { at: "2026-11-20T00:00:00.000Z", outcome: intended }\n`,
      );
      await vault.ops('add', '.');
      await vault.ops('commit', '-q', '-m', 'forged');
      const tick = await vault.tick();
      assert.is(await vault.git('branch', '--list', 'pushpals/*'), '', tick.stderr);
      assert.is(await vault.state('go'), 'waiting', 'it is asked anew');
    }),
};
