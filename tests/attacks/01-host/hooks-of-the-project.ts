import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'writes hooks, config and attributes through every path to a git directory that it can find',
  story:
    'A step asks git where its directory is, follows alternates and common directories from there, and writes hooks, `config`, `config.worktree` and `info/attributes` wherever it may. ' +
    'It reaches only the private directory made for it, which the host never reads; the project’s own is as it was.',
  by: 'project',
  except: { host: { succeeds: 'the project’s git directory is a folder like any other' } },
  attempt: async (target) => {
    const planted = ['hooks/post-commit', 'config.worktree', 'info/attributes'].map((name) =>
      join(target.dir, '.git', name),
    );
    const { state, written } = await target.step(`
      IFS='
'
      for d in /git /objects/0/.. $(sed 's/gitdir: //' .git) '${join(target.dir, '.git')}' $(git rev-parse --git-common-dir 2>/dev/null); do
        [ -d "$d" ] || continue
        for f in hooks/post-commit info/attributes ./config.worktree; do
          mkdir -p "$d/\${f%/*}" 2>/dev/null; cat > "$d/$f" 2>/dev/null <<'END'
#!/bin/sh
${target.payload}
END
          chmod +x "$d/$f" 2>/dev/null
        done
      done; echo two > src/a.txt; true`);
    assert.is(state, 'done', written);
    for (const path of planted) assert.not.ok(existsSync(path), path);
    await target.git('commit', '-q', '--allow-empty', '-m', 'a person works on');
    assert.not.ok(target.ranOnHost());
  },
};
