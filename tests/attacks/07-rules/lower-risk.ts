import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'names its own risk, gate or approver in the order',
  story:
    '“An action file that could name its own dispatch mode skipped approval for every tier.” An order may raise its risk and never lower it, and has no key for a gate, a tier or an approval: such an order is rejected, not read in part.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      await target.commit({
        'policy/policy.yml': 'version: 1\ndefault: low\nrules: [{ id: attack, tier: high, formula: attack }]\n',
        'formulas/attack.yml':
          'formula: attack\nversion: 1\nsteps: [{ id: a, run: "echo two > src/a.txt" }, { id: ship, needs: [a], ship: {} }]\n',
      });
      await target.write('ops/inbox/lower.yml', 'goal: Go\nformula: attack\nrisk: low\n');
      for (const key of [
        'gate: auto',
        'tier: low',
        'approved: true',
        'approvals: [{ by: cto }]',
        'mode: immediate',
        'actor: cto <cto@example.org>',
      ])
        await target.write(
          `ops/inbox/${key.slice(0, 4)}-${String(key.length)}.yml`,
          `goal: Go\nformula: attack\n${key}\n`,
        );
      const tick = await target.pushpals(['tick']);
      const files = await target.opsFiles();
      assert.is(files.filter((path) => path.startsWith('rejected/') && path.endsWith('.yml')).length, 6, tick.stderr);
      assert.ok(files.includes('waiting/lower.yml'), files.join('\n'));
      assert.is(await target.git('branch', '--list', 'pushpals/*'), '');
    }),
};
