import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'leaves a nested repository whose config names a filter, and an attribute that asks for it',
  story:
    'A step makes a repository in a folder of its work tree; its config names a clean filter, a diff driver and a file system monitor. `git status` or `git add` on the host would run them, ' +
    'even with hooks off. The runner reads the tree by its own walk, refuses the folder as what git takes for a repository, and runs nothing.',
  by: 'project',
  attempt: async (target) => {
    const { failure, written } = await target.step(`
      mkdir -p src/lib && cd src/lib && mkdir -p .git/objects .git/refs/heads && echo 'ref: refs/heads/main' > .git/HEAD
      printf '[core]\\n\\trepositoryformatversion = 0\\n\\tfsmonitor = "${target.payload.replaceAll('"', '\\\\"')}"\\n[filter "x"]\\n\\tclean = "${target.payload.replaceAll('"', '\\\\"')}; cat"\\n' > .git/config
      echo '* filter=x diff=x' > .gitattributes; echo two > a.txt; cd ../..; echo '* filter=x' > .gitattributes`);
    assert.is(failure, 'scope-violation', written);
    assert.not.ok(target.ranOnHost());
  },
};
