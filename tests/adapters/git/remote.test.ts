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

test('other branches are looked at where there are any, and forgotten where there are none any more', () =>
  withRepository(async ({ places, commit, git, dir }) => {
    const one = commit({ a: '1' });
    const two = commit({ a: '2' });
    const bare = join(dir, '..', 'bare.git');
    git('init', '--quiet', '--bare', bare);
    git('remote', 'add', 'origin', bare);
    const remote = new GitRemote(places, 'origin', 'refs/heads/ops', ['refs/heads/main'], GIT_ENV);
    const seen = async (others: readonly string[]): Promise<readonly (readonly [string, string])[]> => {
      assert.is(value(await remote.fetch(others)), null);
      return [...(await remote.refs(['refs/pushpals/shared/']))].map(
        ([ref, at]) => [ref.slice('refs/pushpals/shared/heads/'.length), at] as const,
      );
    };
    git('push', '--quiet', 'origin', `${one}:refs/heads/ops`, `${one}:refs/heads/main`, `${one}:refs/heads/dev`);
    git('push', '--quiet', 'origin', `${one}:refs/heads/release`);
    const base = [
      ['main', one],
      ['ops', one],
    ] as const;
    assert.equal(await seen([]), base);
    assert.equal(await seen(['release', 'nowhere', 'main']), [...base, ['release', one]]);
    assert.equal(await seen(['release', 'nowhere']), [...base, ['release', one]], 'one that is missing hides no other');
    git('push', '--quiet', 'origin', `${two}:refs/heads/nowhere`);
    assert.equal(await seen(['release', 'nowhere']), [base[0], ['nowhere', two], base[1], ['release', one]]);
    git('push', '--quiet', 'origin', ':refs/heads/release', ':refs/heads/nowhere');
    git('push', '--quiet', 'origin', `${two}:refs/heads/release/2`);
    assert.equal(
      await seen(['release/2', 'nowhere']),
      [...base, ['release/2', two]],
      'a name below it takes its place',
    );
    // The ops branch is looked at in one way only, however it is named.
    git('push', '--quiet', '--force', 'origin', `${git('commit-tree', '-m', 'x', `${one}^{tree}`)}:refs/heads/ops`);
    const rewritten = await remote.fetch(['ops']);
    assert.is(rewritten.ok ? 'fetched' : rewritten.failure.class, 'state-conflict');
  }));

test.run();
