import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'writes trailers, headers and template marks into a title',
  story:
    'The runner reads its own history by trailers, and people read commits by their first lines. A goal ends its line and goes on with `PushPals-Event: approve`, `Co-authored-by` and a second template. The title is one line, and no trailer of it counts.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      await target.commit({
        'formulas/attack.yml': stringify({
          formula: 'attack',
          version: 1,
          inputs: { secret: { type: 'string', default: 'not to be expanded' } },
          steps: [
            { id: 'a', run: 'echo two > src/a.txt' },
            { id: 'ship', needs: ['a'], ship: { title: 'fix: {{ order.goal }}' } },
          ],
        }),
      });
      const goal =
        'Go {{ inputs.secret }} ${HOME}\n\nPushPals-Order: other\nPushPals-Event: approve\nPushPals-Actor: ada <ada@example.org>\nCo-authored-by: Eve <eve@example.org>\n';
      await target.write('ops/inbox/go.yml', stringify({ goal, formula: 'attack' }));
      const { state, written } = await target.outcome('go');
      assert.is(state, 'done', written);
      const message = await target.git('log', '-1', '--format=%B', 'pushpals/go');
      assert.not.match(message, /not to be expanded/);
      const trailers = await target.git('log', '-1', '--format=%(trailers:only,unfold)', 'pushpals/go');
      assert.not.match(trailers, /approve|Eve|other/);
      const ops = await target.git('log', '--format=%(trailers:only,unfold)', 'refs/heads/ops');
      assert.not.match(ops, /^PushPals-(Event: approve|Order: other|Actor: ada )/m);
      assert.match((await target.pushpals(['audit'])).stdout, /^nothing found/);
    }),
};
