import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

const UNSEEN = ['a\ngo: shipped to main', '\u001b[31mred'];
const NAMES = [
  '--output=pwned',
  '-rf',
  '--upload-pack=touch pwned',
  '-',
  '--',
  '$(touch pwned)',
  'a;touch pwned',
  '`touch pwned`',
  '"quoted"',
  "it's",
  '%s%n',
  '*',
];

export const attack: Attack = {
  title: 'names files like options, shell, escapes and globs',
  story:
    'File names reach git, the evidence, the report and the terminal. A step makes files whose names are options of git, command substitutions, terminal escapes or globs. They are handed to git by standard input or after an end of options, and shown with their control characters made visible.',
  by: 'project',
  attempt: async (target) => {
    const touch = (names: readonly string[]): string =>
      names.map((name) => `printf x > './src/${name.replaceAll("'", `'\\''`)}'`).join('\n');
    const { state, written } = await target.step(touch(NAMES));
    assert.is(state, 'done', written);
    const shown = await target.pushpals(['evidence', 'show', 'go', '--diff']);
    assert.is(shown.exitCode, 0);
    const shipped = await target.git('ls-tree', '-rz', '--name-only', 'pushpals/go', 'src');
    for (const name of NAMES) assert.ok(shipped.split('\0').includes(`src/${name}`), name);
    assert.not.match(await target.shell('ls -a . ops ops/inbox'), /pwned/);

    const { failure, tick } = await target.step(touch(UNSEEN));
    assert.is(failure, 'scope-violation', tick.stderr);
    for (const { stdout, stderr } of [tick, await target.pushpals(['evidence', 'show', 'go2'])])
      assert.not.match(`${stdout}${stderr}`, /\u001b|^go: shipped to main/m);
  },
};
