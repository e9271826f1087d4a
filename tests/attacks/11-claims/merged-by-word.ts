import * as assert from 'uvu/assert';
import { pullRequests, withForge } from '../../cli/forge-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'has the forge say of a result that it was merged',
  story:
    'Whoever sits on the way to the forge, or on it, answers that the pull request of a result was merged: as a commit that is nowhere, as the one that the result stands on, and as one that somebody else put into the branch since. An order is done when git sees its result in the target. It stays where it is, says what the forge says, and is done once it really is there.',
  by: 'anybody',
  attempt: () =>
    withForge(pullRequests(), { integrate: { via: 'pull-request' } }, async (project) => {
      const { world } = project;
      await project.drop('x', { goal: 'Do it', formula: 'm' });
      await project.tick();
      const [pull] = world.pulls;
      assert.ok(pull);
      const head = world.headOf(pull);
      const base = world.git('rev-parse', `${head}^`);
      const foreign = world.git('commit-tree', `${base}^{tree}`, '-p', base, '-m', `fix (#${String(pull.number)})`);
      world.git('update-ref', 'refs/heads/main', foreign);
      pull.state = 'closed';
      const words = ['does not hold that yet', 'did not bring the result', 'did not bring the result'];
      for (const [index, commit] of ['f'.repeat(40), base, foreign].entries()) {
        pull.merged = { by: 'ada', at: world.now, commit, head };
        await project.later();
        await project.tick();
        const { state, waiting } = await project.order('x');
        assert.is(state, 'waiting');
        assert.match((waiting as { reason: string }).reason, new RegExp(words[index] ?? ''));
      }
      pull.merged = null;
      pull.state = 'open';
      world.merge(pull, 'ada', 'squash', head);
      await project.later();
      await project.tick();
      assert.is((await project.order('x')).state, 'done');
    }),
};
