import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { execFileSync } from 'node:child_process';
import type { BlobId, CommitId } from '../../../runner/core/ids.js';
import { CatFile } from '../../../runner/adapters/git/object-reader.js';
import { withRepository } from '../../git-repository.js';

test('resolves full ref names only, loose and packed', () =>
  withRepository(async ({ reader, git }) => {
    const head = git('rev-parse', 'HEAD');
    assert.is(await reader.resolve('refs/heads/main'), head);
    git('tag', '-a', '-m', 'tag', 'v1');
    assert.is(await reader.resolve('refs/tags/v1'), head, 'an annotated tag is the commit it names');
    git('pack-refs', '--all', '--prune');
    assert.is(await reader.resolve('refs/heads/main'), head);
    for (const ref of [
      'main',
      'HEAD',
      'refs/heads/none',
      '--upload-pack',
      'refs/heads/--upload-pack',
      'refs/heads/a b',
      'refs/heads/x\nrefs/heads/main',
      'refs/heads/../heads/main',
      'refs/heads/main~0',
      'refs/heads/main@{0}',
    ]) {
      assert.is(await reader.resolve(ref), null, ref);
    }
  }));

test('a tag cannot pose as a branch that is missing', () =>
  withRepository(async ({ reader, git }) => {
    git('update-ref', 'refs/tags/refs/heads/ops', 'HEAD');
    git('update-ref', 'refs/heads/refs/heads/ops', 'HEAD');
    assert.is(await reader.resolve('refs/heads/ops'), null);
    git('pack-refs', '--all', '--prune');
    assert.is(await reader.resolve('refs/heads/ops'), null);
  }));

test('sees refs and objects that came after it was started', () =>
  withRepository(async ({ reader, git, commit }) => {
    assert.is(await reader.resolve('refs/heads/later'), null);
    const made = commit({ new: 'new' });
    git('branch', 'later');
    assert.is(await reader.resolve('refs/heads/later'), made);
    assert.equal(
      (await reader.files(made, ['new'])).map(({ path }) => path),
      ['new'],
    );
    git('repack', '-adq');
    assert.equal((await reader.files(made, [''])).map(({ path }) => path).sort(), ['README.md', 'new']);
  }));

test('lists below the asked paths, files too, with odd names', () =>
  withRepository(async ({ reader, commit, git }) => {
    git('config', 'core.protectNTFS', 'false');
    const made = commit({ 'a/b/c': '1', 'a/d': '2', '-x': '3', 'new\nline': '4', 'bäck\\slash "q"': '5' });
    const paths = async (folders: readonly string[]): Promise<string[]> =>
      (await reader.files(made, folders)).map(({ path }) => path).sort();
    assert.equal(await paths(['a', 'none']), ['a/b/c', 'a/d']);
    assert.equal(await paths(['a/b/c']), ['a/b/c']);
    assert.equal(await paths(['']), ['-x', 'README.md', 'a/b/c', 'a/d', 'bäck\\slash "q"', 'new\nline'].sort());
    assert.is(await reader.tree(made, 'a'), git('rev-parse', `${made}:a`));
    assert.is(await reader.tree(made, 'a/d'), null);
    let thrown: unknown;
    await reader.files(made, ['new\nline']).catch((error: unknown) => {
      thrown = error;
    });
    assert.instance(thrown, RangeError, 'such a question cannot be asked');
  }));

test('answers thousands of questions at once, large and empty bodies among them', () =>
  withRepository(async ({ reader, dir, gitWith }) => {
    const ids: BlobId[] = [];
    const stream: string[] = [];
    for (let n = 0; n < 6000; n += 1) {
      const content = n === 3 ? '' : `${'x'.repeat(n % 97 === 0 ? 100_000 : n % 50)}${String(n)}`;
      stream.push(`blob\nmark :${String(n + 1)}\ndata ${String(content.length)}\n${content}\n`);
    }
    gitWith(stream.join(''), 'fast-import', '--quiet', '--export-marks=.git/marks');
    for (const line of execFileSync('cat', ['.git/marks'], { cwd: dir }).toString().trim().split('\n'))
      ids[Number(line.slice(1, line.indexOf(' '))) - 1] = line.slice(line.indexOf(' ') + 1) as BlobId;
    const contents = await reader.blobs(ids);
    assert.is(contents.size, 6000);
    for (const [n, id] of ids.entries()) {
      const text = Buffer.from(contents.get(id) ?? []).toString();
      assert.is(text, n === 3 ? '' : `${'x'.repeat(n % 97 === 0 ? 100_000 : n % 50)}${String(n)}`);
    }
  }));

test('a blob over the bound is null, and the next answer is right', () =>
  withRepository(async ({ reader, gitWith }) => {
    const large = gitWith(Buffer.alloc(3_000_000, 'x'), 'hash-object', '-w', '--stdin') as BlobId;
    const small = gitWith('small', 'hash-object', '-w', '--stdin') as BlobId;
    const contents = await reader.blobs([large, small], 2_999_999);
    assert.is(contents.get(large), null);
    assert.is(Buffer.from(contents.get(small) ?? []).toString(), 'small');
    assert.is((await reader.blobs([large], 3_000_000)).get(large)?.length, 3_000_000);
  }));

test('a missing object throws', () =>
  withRepository(async ({ reader }) => {
    let thrown: unknown;
    await reader.blobs(['0123456789012345678901234567890123456789' as BlobId]).catch((error: unknown) => {
      thrown = error;
    });
    assert.instance(thrown, Error);
  }));

test('the death of git rejects what was asked, and the next question starts it anew', () =>
  withRepository(async ({ places, dir, write }) => {
    const mark = `${dir}/.git/died`;
    // Dies in the middle of its first answer; from the second start on it is git.
    write(
      '.git/dying-git',
      `#!/bin/sh\nif [ -e '${mark}' ]; then exec git "$@"; fi\ntouch '${mark}'\nread line\nprintf '%040d blob 100\\nhalf' 0\nexit 3\n`,
      0o755,
    );
    const reader = new CatFile({ ...places, git: `${dir}/.git/dying-git` });
    let thrown: unknown;
    await reader.blobs(['0123456789012345678901234567890123456789' as BlobId]).catch((error: unknown) => {
      thrown = error;
    });
    assert.instance(thrown, Error);
    const tip = await reader.resolve('refs/heads/main');
    assert.ok(tip);
    assert.is((await reader.commit(tip)).message, 'change\n');
    reader.close();
  }));

test('a replaced object is read as it was', () =>
  withRepository(async ({ reader, git, gitWith, commit }) => {
    const made = commit({ file: 'real' });
    const blob = git('rev-parse', `${made}:file`) as BlobId;
    git('replace', blob, gitWith('fake', 'hash-object', '-w', '--stdin'));
    assert.is(Buffer.from((await reader.blobs([blob])).get(blob) ?? []).toString(), 'real');
  }));

test('reads a sha256 repository', () =>
  withRepository(
    async ({ reader, git }) => {
      const tip = await reader.resolve('refs/heads/main');
      assert.is(tip, git('rev-parse', 'HEAD'));
      const [file] = await reader.files(tip as CommitId, ['']);
      assert.is(file?.path, 'README.md');
      assert.is(file?.blob.length, 64);
    },
    { init: ['--object-format=sha256'] },
  ));

test.run();
