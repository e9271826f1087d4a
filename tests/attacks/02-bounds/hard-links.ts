import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'gives files of its input, of git and of the system a second name among its outputs',
  story:
    'A hard link is the file itself: what is written to it, or is made its owner, happens to the other name as well, and what it holds is read as if it were the step’s. Nothing can be linked across the folders that a step is shown, and an output of two names is refused.',
  by: 'project',
  except: { host: { notApplicable: 'all of it is one file system, and the user’s own' } },
  attempt: async (target) => {
    const { failure, written } = await target.step(`
      for each in /pushpals/in/order.json /objects/0/* /etc/passwd /bin/sh .git; do
        for place in . "$PUSHPALS_OUT" /git; do ln "$each" "$place/linked" 2>/dev/null && echo "lin""ked $each $place"; done; done
      ln src/a.txt "$PUSHPALS_OUT/tree" 2>/dev/null && echo "lin""ked tree"; echo two > "$PUSHPALS_OUT/one.txt"; ln "$PUSHPALS_OUT/one.txt" "$PUSHPALS_OUT/two.txt"`);
    assert.not.match(written, /linked [/.t]/);
    assert.is(failure, 'scope-violation', written.slice(0, 2000));
  },
};
