import * as assert from 'uvu/assert';
import { withHistory } from '../../cli/history-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'rewrites the ops branch from within a step',
  story:
    'The same, while a tick is at work: the step moves the branch back. Nothing is done on what it put in its place.',
  by: 'anybody',
  attempt: () =>
    withHistory(async (project) => {
      await project.pushpals(['tick']);
      const before = await project.git('rev-parse', 'refs/heads/ops');
      const rewrite = `git -C "${project.dir}" update-ref refs/heads/ops ${before}~1`;
      await project.commit({
        'formulas/rewrite.yml': `formula: rewrite\nversion: 1\nsteps: [{ id: back, run: ${JSON.stringify(rewrite)} }]\n`,
      });
      await project.write('ops/inbox/back.yml', 'goal: Back\nformula: rewrite\n');
      for (const asked of ['the tick', 'the next']) {
        const { exitCode, stderr } = await project.pushpals(['tick']);
        assert.is(exitCode, 4, `${asked}: ${stderr}`);
        assert.match(stderr, new RegExp(`was rewritten: .*\n[^]*git update-ref -d refs/pushpals/seen/ops`));
        // Nothing was done on what was put in its place.
        assert.not.match(stderr, /shipped/);
      }
    }),
};
