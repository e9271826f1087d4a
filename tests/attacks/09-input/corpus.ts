import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { corpus } from '../corpus.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'drops every kind of broken, huge and misleading file into the inbox at once',
  story:
    'Bombs, deep nesting, huge scalars, wrong encodings, NULs, direction marks, duplicate keys, wrong types, unknown versions, keys of prototypes, in YAML, JSON and Markdown. Each is rejected with a place, or taken for the plain text that it is; ' +
    'the bytes are kept, no prototype is changed, and the order beside them is done in the same tick.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      const files = corpus('order');
      for (const [name, bytes] of files) await writeFile(join(target.dir, 'ops/inbox', name), bytes);
      const { state, tick } = await target.step('echo two > src/a.txt');
      assert.is(state, 'done', tick.stderr.slice(-3000));
      const committed = await target.opsFiles();
      const left = (await target.shell('ls -A ops/inbox')).split('\n');
      for (const [name] of files) {
        assert.not.ok(left.includes(name), `${name} is still in the inbox`);
        const stem = name.replace(/\.\w+$/, '');
        assert.ok(
          committed.some((path) => !path.startsWith('inbox/') && path.includes(stem)),
          `${name} left no trace`,
        );
      }
      const errors = committed.filter((path) => path.startsWith('rejected/') && path.endsWith('.error.md'));
      assert.ok(errors.length > 10, committed.filter((path) => path.startsWith('rejected/')).join('\n'));
    }),
};
