import * as assert from 'uvu/assert';
import { findings, withHistory } from '../../cli/history-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'amends a commit of the ops branch',
  story:
    'Rewriting takes away who did what. The runner remembers the last tip that it saw; a tip that does not contain it is refused, with the command that restores it.',
  by: 'anybody',
  attempt: () =>
    withHistory(async (project) => {
      await project.pushpals(['tick']);
      const seen = await project.git('rev-parse', 'refs/heads/ops');
      await project.git('-C', 'ops', 'commit', '-q', '--amend', '-m', 'nothing happened');
      const tick = await project.pushpals(['tick']);
      assert.is(tick.exitCode, 4);
      assert.match(
        tick.stderr,
        new RegExp(`was rewritten: ${seen.slice(0, 12)} was its tip[^]*git update-ref refs/heads/ops ${seen}`),
      );
      assert.match(await findings(project), new RegExp(`the history was rewritten: ${seen}`));
      await project.git('-C', 'ops', 'reset', '-q', '--hard', seen);
      assert.is((await project.pushpals(['tick'])).exitCode, 0);
    }),
};
