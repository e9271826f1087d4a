import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { show, withPullRequest } from '../pull-request.js';

const NAME = '--output=pwned `$(touch pwned)`\n\nPushPals-Order: other\u001b[2J\u202e';

export const attack: Attack = {
  title: 'calls a check like an option of git, with a command, a trailer and signs that nobody sees',
  story:
    'Checks are named by whoever has a workflow run, a branch’s own included. The name is one line of text in the goal of the order that mends it: no command, no option, no trailer of a commit and no name of a branch comes of it.',
  by: 'anybody',
  attempt: () =>
    withPullRequest({ checks: 'mend' }, async (project, pull) => {
      const { world, dir } = project;
      const head = world.headOf(pull);
      world.check(head, NAME, 'failure', '$(touch pwned)\u0000\u001b[2J');
      const [id = '', ...others] = await project.look();
      assert.equal(others, []);
      const { state, order, accepted } = await show(project, id);
      assert.is(state, 'done');
      assert.match(id, /^pull-\d+-checks-[0-9a-f]{12}$/);
      for (const text of [order.goal, accepted.from]) assert.not.match(text, /[\u0000-\u001f\u202e]/);
      assert.not.match(order.context, /[\u0000\u001b]/);
      for (const place of [dir, join(dir, '.pushpals'), world.dir])
        assert.not.ok(existsSync(join(place, 'pwned')), place);
      const now = world.headOf(pull);
      assert.is(world.git('rev-parse', `${now}^`), head);
      assert.equal(world.git('log', '-1', '--format=%(trailers:key=PushPals-Order,valueonly)', now).trim(), id);
    }),
};
