import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'replaces `.git` of the work tree by a repository with commands in its config',
  story:
    'The `.git` of a work tree says where its repository is. A step puts a whole repository in its place, whose config names a file system monitor, an SSH command, a pager, an editor and hooks. ' +
    'In a sandbox the file cannot be replaced; by `host` it can, and the runner, which never asks that file anything, puts the tree away as tampered with. Nothing runs.',
  by: 'project',
  attempt: async (target) => {
    const quoted = target.payload.replaceAll('"', '\\"');
    const { state, written } = await target.step(`
      rm -rf .git; mv .git old-git; git init -q . || { mkdir -p .git/objects .git/refs/heads; echo 'ref: refs/heads/main' > .git/HEAD; }
      mkdir -p .git/hooks; for h in pre-commit post-checkout post-index-change fsmonitor-watchman reference-transaction; do printf '#!/bin/sh\\n%s\\n' "${quoted}" > .git/hooks/$h; chmod +x .git/hooks/$h; done
      cat >> .git/config <<'END'
[core]
	fsmonitor = "${quoted.replaceAll('\\"', '\\\\\\"')}"
	sshCommand = "${quoted.replaceAll('\\"', '\\\\\\"')}"
END
      echo two > src/a.txt; true`);
    // Either the step could not do it and what it shipped is sound, or it was found out.
    assert.ok(state === 'done' || state === 'failed', written);
    assert.not.ok(target.ranOnHost());
    assert.equal(await target.show('pushpals/go', '.git/config'), null);
    assert.is(await target.shell('git -C . rev-parse --is-inside-work-tree'), 'true');
    assert.not.ok(target.ranOnHost());
  },
};
