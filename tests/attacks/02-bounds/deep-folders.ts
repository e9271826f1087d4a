import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

/** A folder in folders, 30 000 characters deep. No shell goes there: it is wrapped from the inside out. */
const deep = (name: string): string =>
  `(n=${'d'.repeat(200)}; mkdir deep; echo ${name} > deep/end; i=0; while [ $i -lt 150 ]; do mkdir around && mv deep around/$n && mv around deep || exit; i=$((i+1)); done)`;

export const attack: Attack = {
  title: 'nests folders deeper than any path can be long, in its tree, its outputs and its git directory',
  story:
    'A path has at most 4096 characters, and a folder can lie deeper than that: whoever goes by paths can neither read nor remove it. The step is refused where it would be kept, and nothing of it is there for the next run.',
  by: 'project',
  attempt: async (target) => {
    await target.commit({ '.gitignore': 'ignored/\n' });
    const git = target.driver === 'host' ? '"$(sed s/gitdir:.// .git)"' : '/git';
    const first = await target.step(
      `mkdir ignored; (cd ignored; ${deep('one')}); (cd ${git}; ${deep('two')}); (cd "$PUSHPALS_OUT"; ${deep('three')}); echo two > src/a.txt`,
    );
    assert.is(first.state, 'done', first.written.slice(0, 2000));
    const second = await target.step(`(cd src; ${deep('four')})`);
    assert.is(second.failure, 'scope-violation', second.written.slice(0, 2000));
    const third = await target.step('ls -A > src/b.txt; ls -A src >> src/b.txt');
    assert.is(third.state, 'done', third.written.slice(0, 2000));
    assert.not.match((await target.show('pushpals/go3', 'src/b.txt')) ?? '', /deep|ignored/);
  },
};
