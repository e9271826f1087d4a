import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { withPullRequest } from '../pull-request.js';

export const attack: Attack = {
  title: 'rewrites the branch of a pull request while an order goes on from it',
  story:
    'Somebody who may push replaces the branch, by a history that does not hold what the runner saw, just before its result goes there. The runner moves a branch only from where it saw it and only forward, so what stands there now is kept, and the work is done again on top of it.',
  by: 'anybody',
  attempt: () =>
    withPullRequest({ checks: 'mend' }, async (project, pull) => {
      const { world, dir } = project;
      const main = world.tip('main') ?? '';
      await project.shell(
        `git switch -q --detach ${main} && echo theirs > src/theirs.txt && git add src/theirs.txt && git commit -qm theirs && git tag theirs && git switch -q main`,
      );
      const theirs = await project.git('rev-parse', 'theirs');
      // The step itself stands in for them: it comes between what was seen and what is moved.
      await project.write(
        '.git/meanwhile',
        `[ -e '${dir}/.git/done' ] || { : > '${dir}/.git/done'; git -C '${dir}' push -qf origin theirs^{}:refs/heads/pushpals/basket; }\n`,
      );
      world.check(world.headOf(pull), 'ci', 'failure');
      await project.look();
      const now = world.headOf(pull);
      assert.ok(world.git('rev-list', now).split('\n').includes(theirs), world.git('log', '--oneline', now));
      assert.is(world.git('show', `${now}:src/theirs.txt`), 'theirs');
    }),
};
