import { mkdirSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GitReadFailed } from '../../runner/adapters/git/cat-file-answers.js';
import { troubleOf } from '../../runner/app/trouble.js';
import { thrownBy } from '../thrown.js';

test('what the system or git refuses is a failure, and anything else is a bug', () => {
  assert.is(troubleOf(new GitReadFailed('object abc is missing'))?.class, 'git-failed');
  assert.is(troubleOf(Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' }))?.class, 'machine-failed');
  const gone = troubleOf(
    thrownBy(() => {
      mkdirSync('/no-such-folder/below');
    }),
  );
  assert.ok(gone !== null);
  assert.match(JSON.stringify(gone), /no-such-folder/);
  for (const bug of [new TypeError('undefined is not a function'), new Error('nothing was decided'), 'text', null])
    assert.is(troubleOf(bug), null);
});

test.run();
