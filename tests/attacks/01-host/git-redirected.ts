import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'points `.git` of the work tree at a folder inside of it',
  story:
    'A `.git` file is a line that names a directory. A step makes a repository of its own among its files, with commands in its config, and has `.git` name that. The runner compares the file with the line that it wrote, and asks no git about the tree: nothing runs, and nothing of it ships.',
  by: 'project',
  attempt: async (target) => {
    const { state, written } = await target.step(`
      mkdir -p src/own/objects src/own/refs/heads; echo 'ref: refs/heads/main' > src/own/HEAD
      printf '[core]\\n\\trepositoryformatversion = 0\\n\\tfsmonitor = "%s"\\n' '${target.payload.replaceAll("'", '').replaceAll('"', '')}' > src/own/config
      rm -f .git; echo 'gitdir: src/own' > .git; echo two > src/a.txt; true`);
    assert.ok(state === 'done' || state === 'failed', written);
    assert.not.ok(target.ranOnHost());
    // In a sandbox the file cannot be written, so what ships is sound; by `host` it can, and is found out.
    if (state === 'failed') assert.match(written, /scope-violation[^]*\.git/);
    else assert.is(await target.show('pushpals/go', '.git'), null);
  },
};
