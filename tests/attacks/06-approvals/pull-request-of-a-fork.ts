import * as assert from 'uvu/assert';
import { pullRequests, withForge } from '../../cli/forge-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'offers a fork’s branch under the name of a result, and goes on with one between check and merge',
  story:
    'Eve may not write to the repository: she opens a pull request from `pushpals/x` of her fork, where the runner looks for its own and would merge it by itself. It is nobody’s: the result gets one of its own. Bob, who may write, pushes onto the branch of another result after its checks were read and before it is merged. The runner names the commit that was decided on, so nothing of his goes in by it.',
  by: 'anybody',
  attempt: () =>
    withForge(
      pullRequests('tiers: { low: { auto-merge: true } }\n'),
      { integrate: { via: 'pull-request' } },
      async (project) => {
        const { world, server } = project;
        const main = world.tip('main') ?? '';
        const evil = world.git('commit-tree', `${main}^{tree}`, '-p', main, '-m', 'evil');
        const wanted = {
          head: 'pushpals/x',
          base: 'main',
          title: 'x',
          body: '<!-- pushpals:result -->',
          isDraft: false,
        };
        const fork = world.openPull('eve', wanted, evil);
        await project.drop('x', { goal: 'Do it', formula: 'm' });
        await project.tick();
        const own = world.pulls.find((pull) => pull !== fork);
        assert.ok(own, 'it has one of its own');
        world.check(world.headOf(own), 'build', 'success');
        const more = world.git('commit-tree', `${world.headOf(own)}^{tree}`, '-p', world.headOf(own), '-m', 'evil');
        server.fail({ fault: 'cut' }, 1, ({ method, path }) => {
          if (method === 'PUT' && path.endsWith('/merge')) world.git('update-ref', 'refs/heads/pushpals/x', more);
          return false;
        });
        for (let minute = 0; minute < 2; minute += 1) {
          await project.later();
          await project.tick();
        }
        assert.is(world.tip('pushpals/x'), more, 'he was in time');
        assert.equal([own.state, fork.state, world.tip('main')], ['open', 'open', main]);
        assert.match(
          ((await project.order('x'))['waiting'] as { reason: string }).reason,
          /has commits that are not the result's/,
        );
      },
    ),
};
