import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

const FAKE = [
  'diff --git a/src/a.txt b/src/a.txt',
  'index 0000000..1111111 100644',
  '--- a/src/a.txt',
  '+++ b/src/a.txt',
  '@@ -1 +1 @@',
  '+harmless',
  'GIT binary patch',
];

export const attack: Attack = {
  title: 'writes lines and names that read as the headers of a patch',
  story:
    'A change to the policy begins with lines that read as a patch of another file, and a harmless file lies under a name that reads as a header of the policy’s. Whoever goes by the text of a patch takes one for the other. The tier is decided by what the resulting tree holds, and the lines are shown as the contents that they are.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      const lines = FAKE.map((line) => `'# ${line}' '${line}'`).join(' ');
      const changed = await target.step(`printf '%s\\n' ${lines} | sed 's/^/# /' >> policy/policy.yml`);
      assert.is.not(changed.state, 'done', changed.written);
      assert.is(await target.git('branch', '--list', 'pushpals/*'), '');
      const named = await target.step(
        `mkdir -p 'src/x b/policy' && printf '%s\\n' ${lines} 'the last line' > 'src/x b/policy/policy.yml'`,
      );
      assert.is(named.state, 'done', named.written);
      const { stdout } = await target.pushpals(['evidence', 'show', 'go2', '--diff']);
      assert.match(stdout, /^\+the last line$/m);
      assert.match(stdout, /^\+GIT binary patch$/m);
    }),
};
