import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'pushes records whose ids and evidence climb out of their folder',
  story:
    'Whoever may push to the ops branch can write any record. Ids of orders and runs become paths, branch and container names: here they are `../../..`, an option, and `.git`. The records are refused as unreadable, by name; nothing is written elsewhere, and the order beside them is done.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      const ids = ['../../../../pwned', '--output=pwned', '.git', 'refs/heads/main', 'a b\nc'];
      for (const [index, id] of ids.entries()) {
        const record = {
          id,
          order: { goal: 'x', formula: 'attack' },
          formula: 'attack',
          dedupe: String(index),
          attempts: 0,
        };
        const accepted = {
          at: '2026-11-20T00:00:00.000Z',
          from: 'inbox/x.yml',
          digest: '',
          actor: 'x <x@example.org>',
        };
        await target.write(`ops/queue/x${String(index)}.yml`, JSON.stringify({ ...record, accepted }));
      }
      await target.git('-C', 'ops', 'add', '.');
      await target.git('-C', 'ops', 'commit', '-q', '-m', 'forged');
      const { state, written } = await target.step('echo two > src/a.txt');
      assert.is(state, 'done', written);
      assert.is(await target.shell('ls -d pwned ../pwned ../../pwned ops/pwned 2>/dev/null; true'), '');
      assert.not.match(await target.git('for-each-ref', '--format=%(refname)'), /pwned|pushpals\/x/);
    }),
};
