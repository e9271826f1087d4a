import * as assert from 'uvu/assert';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'changes what a file of instructions leads to by more than one link',
  story:
    'Projects keep one text for all tools and have CLAUDE.md lead there, by a link to a link, or through a folder that is one. An agent leaves the links alone and writes the file at their end. The agent after it is shown the text of the project’s branch all the same.',
  by: 'project',
  attempt: async (target) => {
    await symlink('guide.md', join(target.dir, 'CLAUDE.md'));
    await symlink('src/rules.md', join(target.dir, 'guide.md'));
    await symlink('src', join(target.dir, 'docs'));
    await symlink('docs/more.md', join(target.dir, 'AGENTS.md'));
    await target.git('add', 'CLAUDE.md', 'AGENTS.md', 'guide.md', 'docs');
    await target.commit({
      'src/rules.md': 'as-committed\n',
      'src/more.md': 'as-committed\n',
      'agents/first.yml': stringify({
        agent: 'first',
        command: { argv: ['sh', '-c', 'echo obeyed-rules > src/rules.md; echo obeyed-more > src/more.md'] },
      }),
      'agents/second.yml': stringify({
        agent: 'second',
        command: { argv: ['sh', '-c', 'cat CLAUDE.md AGENTS.md > src/did.txt'] },
      }),
    });
    const steps = [
      { id: 'first', agent: 'Work.', by: 'first' },
      { id: 'second', agent: 'Work.', by: 'second', needs: ['first'] },
      { id: 'ship', needs: ['second'], ship: {} },
    ];
    const { state, written } = await target.step(':', { formula: { steps } });
    assert.is(state, 'done', written.slice(0, 3000));
    assert.is(await target.show('pushpals/go', 'src/did.txt'), 'as-committed\nas-committed\n');
  },
};
