import * as assert from 'uvu/assert';
import { withCanary } from '../canary.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'leaves a link whose name is no text in a tree that is looked through for secrets',
  story:
    'A name that is not UTF-8 is listed under another one, which leads nowhere. Where the text of such a link is read after a step with secrets, an error that nobody expects ends the tick, and with it all other orders, each time anew. ' +
    'The step fails, and the others go on.',
  by: 'project',
  attempt: (target) =>
    withCanary(target, async () => {
      await target.commit({ 'formulas/other.yml': 'formula: other\nversion: 1\nsteps:\n  - { id: a, run: "true" }\n' });
      await target.write('ops/inbox/other.yml', 'goal: Other work\nformula: other\n');
      const { tick, failure, written } = await target.step(`ln -s x "$(printf 'odd\\377')"`, {
        step: { secrets: ['CANARY'] },
      });
      assert.is(failure, 'scope-violation', written.slice(0, 2000));
      assert.not.match(tick.stderr, /git-failed/);
      assert.is((await target.outcome('other')).state, 'done');
    }),
};
