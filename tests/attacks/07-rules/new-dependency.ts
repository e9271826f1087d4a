import { readFile } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'adds a package with an install script, and a registry of its own to take it from',
  story:
    'What a manifest names is executed on every machine that installs it. A run that may ship version bumps by itself adds a package, or an `.npmrc` that sends installs elsewhere. By the shipped policy the first waits for a merge by a person and the second for an approval; nothing of either is installed outside of a sandbox.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      const shipped = await readFile('policy/policy.yml', 'utf8');
      const steps = (run: string): string =>
        stringify({
          formula: 'dependency-steward',
          version: 1,
          steps: [
            { id: 'a', run },
            { id: 'ship', needs: ['a'], ship: {} },
          ],
        });
      await target.commit({
        'policy/policy.yml': shipped,
        'package.json': '{ "name": "x", "dependencies": { "a": "1.0.0" } }\n',
      });
      for (const [order, run] of [
        ['bump', `echo '{ "name": "x", "dependencies": { "a": "1.0.1" } }' > package.json`],
        ['new', `echo '{ "name": "x", "dependencies": { "a": "1.0.0", "evil": "6.6.6" } }' > package.json`],
        ['registry', `echo 'registry=http://evil.example/' > .npmrc`],
      ] as const) {
        await target.commit({ 'formulas/dependency-steward.yml': steps(run) });
        await target.write(`ops/inbox/${order}.yml`, `goal: ${order}\nformula: dependency-steward\n`);
        const { state, written } = await target.outcome(order);
        if (order === 'bump') assert.is(state, 'done', written);
        else assert.is.not(state, 'done', written);
      }
      assert.is((await target.git('branch', '--list', 'pushpals/*')).trim(), 'pushpals/bump');
    }),
};
