import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'names an image by a tag, where the policy asks for digests',
  story:
    'Whoever can push to a registry moves a tag to an image of their own. `image-policy: pinned` in the policy leaves a tag without force, also that of one step, and also where pushpals.yml says `any`: the order waits, and nothing ran.',
  by: 'anybody',
  attempt: () =>
    withTarget('docker', async (target) => {
      await target.commit({
        'pushpals.yml': `version: 1\nproject: target\nsandbox: { driver: docker, image: "x@sha256:${'a'.repeat(64)}", image-policy: any, pull: never }\n`,
        'policy/policy.yml': 'version: 1\ndefault: low\nimage-policy: pinned\n',
        'formulas/attack.yml':
          'formula: attack\nversion: 1\nsteps:\n  - { id: a, image: "pushpals-test:1", run: "echo two > src/a.txt" }\n  - { id: ship, needs: [a], ship: {} }\n',
      });
      assert.match((await target.pushpals(['validate'])).stdout, /formulas\/attack\.yml:4[^]*names no digest/);
      await target.write('ops/inbox/go.yml', 'goal: Go\nformula: attack\n');
      const tick = await target.pushpals(['tick']);
      assert.is(tick.exitCode, 2, tick.stderr);
      assert.match(tick.stderr, /names no digest/);
      assert.ok((await target.opsFiles()).includes('waiting/go.yml'));
      assert.is(await target.git('branch', '--list', 'pushpals/*'), '');
    }),
};
