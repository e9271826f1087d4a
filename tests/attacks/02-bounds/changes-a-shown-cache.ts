import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Attack } from '../attack.js';

const CHANGE = `cd ~/.tool/
chmod 777 . mark; echo poison > mark; sh -c 'echo poison > /proc/self/fd/9' 9< mark; truncate -s 0 mark; rm -f mark; mv mark other; touch -t 200001010000 mark
for place in /workspace "$PUSHPALS_OUT" /tmp; do ln mark $place/mark && echo poison > $place/mark; done; touch new; ln -sfn /tmp ~/.tool; true`;

export const attack: Attack = {
  title: 'changes a cache that it is only shown',
  story:
    'A cache that other runs filled is shown to a step that may run what agents wrote. It gives the files in it other rights, opens them by another way, links them to where it may write. What is kept stays what it was, for whoever reads it next.',
  by: 'project',
  except: { host: { notApplicable: 'there are no caches on the host' } },
  attempt: async (target) => {
    const cache = { path: '~/.tool', key: 'README.md' };
    const fill =
      'if [ -e ~/.tool/mark ]; then echo found; else echo kept > ~/.tool/mark; fi; ls -A ~/.tool/; cat ~/.tool/*';
    const steps = [
      { id: 'fill', cache, run: fill },
      { id: 'agent', needs: ['fill'], agent: 'Work.', by: 'tool' },
      { id: 'change', needs: ['agent'], cache, run: `cat ~/.tool/mark; ${CHANGE}` },
    ];
    await target.commit({ 'agents/tool.yml': stringify({ agent: 'tool', command: { argv: ['true'] } }) });
    const first = await target.step('true', { formula: { steps } });
    assert.is(first.state, 'done', first.written.slice(0, 3000));
    assert.is(((await target.pushpals(['log', 'go'])).stdout.match(/^kept$/gm) ?? []).length, 2, 'it is shown');
    await target.write('ops/inbox/again.yml', 'goal: Again\nformula: attack\n');
    const second = await target.outcome('again');
    assert.is(second.state, 'done', second.written.slice(0, 3000));
    const { stdout } = await target.pushpals(['log', 'again']);
    assert.match(stdout, /^found\nmark\nkept$/m);
    assert.not.match(stdout, /poison/);
  },
};
