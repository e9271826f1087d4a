import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'changes a workflow, removes a rule, or only makes a file executable',
  story:
    'Governed files are changed in every way that a tree can be: a new workflow, a policy that is deleted, moved away, made a link or executable. Each is a change of that path in the resulting tree, so each is high, whatever a patch or a title calls it.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      for (const script of [
        'mkdir -p .github/workflows; echo "on: push" > .github/workflows/x.yml',
        'rm policy/policy.yml',
        'mv pushpals.yml src/pushpals.yml',
        'chmod +x policy/policy.yml',
        'mv policy/policy.yml src/p.yml; ln -s ../src/p.yml policy/policy.yml',
        'rm -r policy; echo x > policy',
        'echo "* -diff" > .gitattributes',
        'mkdir -p agents; echo "agent: x" > agents/x.yml',
        'echo "FROM evil" > formulas/Dockerfile.own',
      ]) {
        const { state, written, tick } = await target.step(script);
        assert.is.not(state, 'done', `${script}\n${written}`);
        assert.match(tick.stderr, /high|approv|scope|link/i, script);
      }
      assert.is(await target.git('branch', '--list', 'pushpals/*'), '');
    }),
};
