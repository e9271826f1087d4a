import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'changes the policy, its own formula and the project file, and ships that',
  story:
    'A run of a low tier rewrites `policy/policy.yml` so that everything is allowed, and its own formula. What is changed is read from the resulting tree and classified as high by the policy of the base, so nothing lands.',
  by: 'project',
  attempt: async (target) => {
    await target.commit({
      'policy/policy.yml':
        'version: 1\ndefault: low\ntiers: { high: { gate: proposal, approvals: 1 } }\nrules:\n  - { id: own, tier: low, paths: ["**"] }\n',
    });
    const { state, written } = await target.step(
      'echo "version: 1" > policy/policy.yml; echo "default: low" >> policy/policy.yml; sed -i s/test/mine/ pushpals.yml; rm formulas/attack.yml',
    );
    assert.is.not(state, 'done', written);
    assert.is(await target.git('branch', '--list', 'pushpals/*'), '');
    assert.match((await target.show('main', 'pushpals.yml')) ?? '', /project: test/);
  },
};
