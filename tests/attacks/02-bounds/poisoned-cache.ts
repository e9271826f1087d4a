import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

const script = (mark: string): string =>
  `cat ~/.tool/mark 2>/dev/null; mkdir -p ~/.tool; echo ${mark}-"$PUSHPALS_ORDER" > ~/.tool/mark; ls -ld ~/.tool; echo end`;

export const attack: Attack = {
  title: 'poisons a cache that a run of a higher tier reads',
  story:
    'What an order says shapes what a command leaves in a cache, and a later run executes what it finds there. A cache belongs to one formula and one tier: the run of another tier starts with none. Links that lead away are kept as links and followed by nobody outside of a sandbox.',
  by: 'project',
  except: { host: { notApplicable: 'there are no caches on the host' } },
  attempt: async (target) => {
    const sandbox = { docker: 'driver: docker, image: "pushpals-test:1"', bubblewrap: 'driver: bubblewrap', host: '' };
    await target.commit({
      'pushpals.yml': `version: 1\nproject: target\nsandbox: { ${sandbox[target.driver]} }\n`,
      'policy/policy.yml': 'version: 1\ndefault: low\ntiers: { medium: { gate: auto } }\n',
      'formulas/attack.yml': `formula: attack\nversion: 1\nsteps:\n  - { id: a, cache: { path: ~/.tool, key: README.md }, run: '${script('poison')}' }\n`,
    });
    await target.write('ops/inbox/low.yml', 'goal: Low\nformula: attack\n');
    assert.match((await target.outcome('low')).tick.stderr, /low: succeeded|low: .*done|ended|evidence/);
    await target.write('ops/inbox/low2.yml', 'goal: Low again\nformula: attack\n');
    await target.outcome('low2');
    assert.match((await target.pushpals(['log', 'low2'])).stdout, /poison-low/, 'there is a cache at all');
    await target.write('ops/inbox/high.yml', 'goal: Higher\nformula: attack\nrisk: medium\n');
    await target.outcome('high');
    const { stdout } = await target.pushpals(['log', 'high']);
    assert.match(stdout, /end/);
    assert.not.match(stdout, /poison-low/);
  },
};
