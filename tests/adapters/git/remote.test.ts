import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GitRemote } from '../../../runner/adapters/git/remote.js';
import { GIT_ENV, value, withRepository } from '../../git-repository.js';

test('a request that is asked anew takes the place of what was seen, and no other branch is ever put back', () =>
  withRepository(async ({ places, commit, git, dir }) => {
    const one = commit({ a: '1' });
    git('checkout', '--quiet', '--orphan', 'elsewhere');
    const two = commit({ a: '2' });
    const bare = join(dir, '..', 'bare.git');
    git('init', '--quiet', '--bare', bare);
    git('remote', 'add', 'origin', bare);
    const remote = new GitRemote(places, 'origin', 'refs/heads/ops', ['refs/heads/main'], GIT_ENV);
    const vault = 'refs/heads/vault/x';
    const ops = 'refs/heads/ops';
    assert.ok(
      value(
        await remote.push([
          { ref: vault, from: null, to: one },
          { ref: ops, from: null, to: one },
        ]),
      ),
    );
    assert.ok(value(await remote.push([{ ref: vault, from: one, to: two }])));
    assert.is(git('--git-dir', bare, 'rev-parse', vault), two);
    assert.is(value(await remote.push([{ ref: vault, from: one, to: one }])), false, 'it is not what was seen');
    assert.is(git('--git-dir', bare, 'rev-parse', vault), two);
    const forced = await remote.push([{ ref: ops, from: one, to: two }]);
    assert.is(forced.ok ? 'pushed' : forced.failure.class, 'remote-unavailable');
    assert.is(git('--git-dir', bare, 'rev-parse', ops), one);
  }));

test.run();
