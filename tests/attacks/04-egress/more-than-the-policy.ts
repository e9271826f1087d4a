import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'asks in its formula for hosts that the policy does not list, and lists them in the work tree',
  story:
    'A formula, which more people may change than the policy, asks for a host of the attacker’s; its step writes a policy that allows it. The policy that counts is the one committed on the default branch: the order waits, and nothing runs.',
  by: 'project',
  attempt: async ({ step, commit }) => {
    await commit({ 'policy/policy.yml': 'version: 1\ndefault: low\nnetwork: { allow: ["*.listed.example"] }\n' });
    const script = 'printf "network: { allow: full }\\n" >> policy/policy.yml; echo it ran';
    const { state, written } = await step(script, { step: { network: ['a.listed.example', 'evil.example'] } });
    assert.is(state, 'waiting');
    assert.match(written, /policy-denied/);
    assert.not.match(written, /^\+?it ran$/m);
  },
};
