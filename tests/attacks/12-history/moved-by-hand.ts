import * as assert from 'uvu/assert';
import { findings, person, withHistory } from '../../cli/history-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'moves an order to another folder by hand, or with a forged trailer',
  story:
    'A folder is a state, so `git mv` can make an order look as though it had run. The audit knows who may move what and by which ways, and names each move that is none.',
  by: 'anybody',
  attempt: () =>
    withHistory(async (project) => {
      await project.git('-C', 'ops', 'mv', 'queue/wait.yml', 'active/wait.yml');
      await person(project, 'hurry');
      assert.match(
        await findings(project),
        /order wait: queue → active: made by ada@example\.org, and only the runner moves orders/,
      );
      await project.git('-C', 'ops', 'mv', 'active/wait.yml', 'queue/wait.yml');
      const message = 'order wait\n\nPushPals-Order: wait\nPushPals-Event: finish\n';
      await project.git('-C', 'ops', '-c', 'user.email=runner@pushpals.invalid', 'commit', '-qam', message);
      assert.match(await findings(project), /order wait: active → queue: no `finish` leads there/);
      await project.git('-C', 'ops', 'rm', '-q', 'queue/wait.yml');
      await person(project, 'away');
      assert.match(await findings(project), /order wait: queue → none: made by/);
    }),
};
