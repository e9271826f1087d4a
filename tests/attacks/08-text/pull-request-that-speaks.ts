import * as assert from 'uvu/assert';
import { pullRequests, withForge } from '../../cli/forge-rig.js';
import type { Attack } from '../attack.js';

const HOSTILE = [
  '@everyone closes #1, fixes https://forge.example/acme/app/issues/2',
  '```` </details> ![x](https://evil.example/p.png) <!-- pushpals:result -->',
  '/merge /approve\u001b[31m\u202e',
].join(' ');

export const attack: Attack = {
  title: 'speaks in the text of the pull request that its result becomes',
  story:
    'What an order and an agent say stands in the title and the text of a pull request: it would mention people, close issues by words that forges heed, show a picture that tells who looked, leave its block, or pass for a command. All of it stands in one block of code, or is taken apart in the title. A login with an escape in it, of who closed the pull request, reaches no terminal.',
  by: 'anybody',
  attempt: () =>
    withForge(pullRequests(), { integrate: { via: 'pull-request' } }, async (project) => {
      const { world } = project;
      await project.drop('x', { goal: HOSTILE, formula: 'm' });
      await project.tick();
      const [pull] = world.pulls;
      assert.ok(pull);
      assert.not.match(pull.title, /@\w|#\d|:\/\/|\u001b|\u202e/);
      const fence = /^(`{3,})text$/m.exec(pull.body)?.[1] ?? '';
      const [before = '', block = '', after = ''] = pull.body.split(new RegExp(`^${fence}(?:text)?$`, 'm'));
      assert.match(block, /@everyone closes #1/);
      assert.not.match(block, /\u001b|\u202e/);
      assert.not.match(`${before}${after}`, /everyone|evil|\/merge|#1/);
      assert.is(pull.body.split('\n').filter((line) => line.startsWith(fence)).length, 2);
      world.people.set('eve\u001b[31m', 'write');
      world.close(pull, 'eve\u001b[31m');
      await project.later();
      const tick = await project.tick();
      const shown = await project.pushpals(['order', 'show', 'x']);
      assert.not.match(`${tick.stdout}${tick.stderr}${shown.stdout}`, /\u001b/);
    }),
};
