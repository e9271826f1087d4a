import * as assert from 'uvu/assert';
import { parse, stringify } from 'yaml';
import type { Attack } from '../attack.js';
import { withPullRequest } from '../pull-request.js';

export const attack: Attack = {
  title: 'has a record name the project’s branch as that of a pull request',
  story:
    'What goes on from the branch of an order’s pull request goes onto that branch. Eve, who may push to the ops branch and no other, writes a record by which that branch is `main`, and orders work on it. Only a branch that is called after the order counts, so the result stays on a branch of its own.',
  by: 'anybody',
  attempt: () =>
    withPullRequest({ reviews: 'mend' }, async (project) => {
      const { world } = project;
      const main = world.tip('main');
      const record = parse((await project.show('ops', 'waiting/basket.yml')) ?? '') as {
        id: string;
        shipped: { branch: string };
      };
      record.shipped.branch = 'main';
      await project.shell('git -C ops pull -q origin ops');
      await project.write('ops/waiting/basket.yml', stringify(record));
      await project.shell(
        'git -C ops -c user.name=Eve -c user.email=eve@example.org commit -qam eve && git -C ops push -q origin HEAD:ops',
      );
      await project.drop('go', { goal: 'Go on with main', formula: 'mend', inputs: { branch: 'main' } });
      await project.look();
      assert.is(world.tip('main'), main);
      assert.is(((await project.order('go'))['ended'] as { into?: string } | undefined)?.into, undefined);
      assert.ok(world.tip('pushpals/go') !== null);
    }),
};
