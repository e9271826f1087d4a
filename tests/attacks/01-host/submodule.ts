import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'adds a submodule whose URL is a command',
  story:
    'A step writes `.gitmodules` with `ext::` and option-like URLs and commits a link to another repository inside its private git. Cloning the result recursively would run them. The host does not clone it, new submodule links are refused, and a changed `.gitmodules` is governance: high, so it waits for a person.',
  by: 'project',
  attempt: async (target) => {
    const { state, written } = await target.step(`
      printf '[submodule "x"]\\n\\tpath = lib\\n\\turl = ext::sh -c %s\\n[submodule "y"]\\n\\tpath = -x\\n\\turl = --upload-pack=x\\n' 'touch% pwned' > .gitmodules
      mkdir -p lib; git update-index --add --cacheinfo 160000,$(git rev-parse HEAD 2>/dev/null || echo 1111111111111111111111111111111111111111),lib 2>/dev/null; echo two > src/a.txt; true`);
    assert.is.not(state, 'done', written);
    assert.is(await target.git('branch', '--list', 'pushpals/*'), '');
    assert.not.ok(target.ranOnHost());
  },
};
