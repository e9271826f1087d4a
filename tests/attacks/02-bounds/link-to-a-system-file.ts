import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'makes links out of the work tree, to a system file and by `..`',
  story:
    'A step replaces a file by a link to /etc/passwd and another by one that climbs out of the work tree, hoping that the runner reads through them into the result or the evidence. ' +
    'Links that lead out of the tree are refused by name, and nothing behind them is read.',
  by: 'project',
  attempt: async (target) => {
    const { failure, written } = await target.step(
      'ln -sf /etc/passwd src/a.txt; ln -s ../../../../../../etc/passwd src/b.txt',
    );
    assert.is(failure, 'scope-violation', written);
    assert.match(written, /src\/a\.txt/);
    assert.match(written, /src\/b\.txt/);
    assert.not.match(written, /root:x:0/);
  },
};
