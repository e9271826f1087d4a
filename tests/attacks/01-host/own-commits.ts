import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'commits, tags and moves branches inside, and leaves objects and alternates',
  story:
    'In its private git a step may commit what it likes. It moves `main`, makes tags, replacement objects, grafts and alternates that lead elsewhere, hoping that the host takes any of it. The host reads files, not that directory: what ships is the tree that lies there, on the base, as one commit of the runner’s.',
  by: 'project',
  except: { docker: { notApplicable: 'the image that the tests use has no git in it' } },
  attempt: async (target) => {
    const before = await target.git('for-each-ref');
    const { state, written } = await target.step(`
      echo evil > src/evil.txt; git add -A; git commit -q -m 'evil'; git tag evil; git branch -f main HEAD; git update-ref refs/heads/ops HEAD
      git replace HEAD HEAD~0 2>/dev/null; mkdir -p "$(git rev-parse --git-dir)/objects/info"; echo /etc >> "$(git rev-parse --git-dir)/objects/info/alternates"; rm src/evil.txt; echo two > src/a.txt; true`);
    assert.is(state, 'done', written);
    assert.is(await target.show('pushpals/go', 'src/evil.txt'), null);
    assert.is(await target.git('log', '--format=%s', 'main..pushpals/go', '--', 'src/evil.txt'), '');
    const after = await target.git('for-each-ref', 'refs/tags', 'refs/replace', 'refs/heads/main');
    assert.not.match(after, /evil|replace/);
    assert.ok(before.includes(await target.git('rev-parse', 'main~0')) || after.includes('refs/heads/main'));
  },
};
