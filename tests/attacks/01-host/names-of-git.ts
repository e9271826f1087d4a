import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

const NAMES = [
  '.GIT',
  '.Git',
  'git~1',
  'GIT~1',
  '.g\u200cit',
  '.git.',
  '.git ',
  '.git::$INDEX_ALLOCATION',
  '.gi\ufefft',
];

export const attack: Attack = {
  title: 'makes folders that another file system takes for `.git`',
  story:
    'What is `.GIT`, `git~1` or `.g‌it` here is `.git` on macOS and Windows: whoever checks the result out there runs its hooks (CVE-2014-9390 and after). Git’s own fsck lets some through. ' +
    'The runner’s walk knows the spellings of NTFS and HFS+ and refuses each by name.',
  by: 'project',
  attempt: async (target) => {
    const quoted = NAMES.map((name) => `'src/${name}'`).join(' ');
    const { failure, written } = await target.step(
      `for d in ${quoted}; do mkdir -p "$d/hooks" && echo x > "$d/config"; done; echo two > src/a.txt`,
    );
    assert.is(failure, 'scope-violation', written);
    const shown = JSON.parse((await target.pushpals(['order', 'show', 'go', '--json'])).stdout) as {
      ended: { failure: { entries: { path: string }[] } };
    };
    const refused = shown.ended.failure.entries.map(({ path }) => path);
    for (const name of NAMES)
      assert.ok(
        refused.some((path) => path.startsWith(`src/${name}`)),
        name,
      );
  },
};
