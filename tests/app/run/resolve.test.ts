import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { mergeResolved } from '../../../runner/app/run/resolve.js';
import type { CommitId } from '../../../runner/core/ids.js';
import { value, withRepository, type OpenRepository } from '../../git-repository.js';

type Files = Readonly<Record<string, string>>;

/** Two commits that both changed what a third has. */
function sides({ commit, git }: OpenRepository, base: Files, target: Files, result: Files): [CommitId, CommitId] {
  const from = commit(base);
  const one = commit(target);
  git('checkout', '--quiet', '--detach', from);
  const other = commit(result);
  git('checkout', '--quiet', 'main');
  return [one, other];
}

const listing = (text: string): string => `top\n${text}bottom\n`;

test('both sides of a conflict are kept where the target says so, and its result cannot say it', () =>
  withRepository(async (at) => {
    const rules = { '.gitattributes': '*.md merge=union\nfrozen.md -merge\n', 'docs/.gitattributes': 'a.md merge\n' };
    const both = ['log.md', 'frozen.md', 'docs/a.md', 'docs/b.md', 'plain.txt'];
    const all = (text: string, of = both): Files => Object.fromEntries(of.map((path) => [path, listing(text)]));
    const [target, result] = sides(at, { ...rules, ...all('') }, all('one\n'), {
      ...all('two\n'),
      '.gitattributes': '* merge=union\n',
    });
    const left = await mergeResolved(at.repository, target, result);
    assert.equal(left, {
      ok: false,
      failure: { class: 'merge-conflict', step: '', paths: ['docs/a.md', 'frozen.md', 'plain.txt'] },
    });
    at.git('checkout', '--quiet', '--detach', result);
    const fits = at.commit(
      Object.fromEntries(['docs/a.md', 'frozen.md', 'plain.txt'].map((path) => [path, listing('')])),
    );
    const { tree, resolved } = value(await mergeResolved(at.repository, target, fits));
    assert.equal(resolved, [
      { path: 'docs/b.md', by: 'union' },
      { path: 'log.md', by: 'union' },
    ]);
    assert.is(at.git('show', `${tree}:log.md`), 'top\none\ntwo\nbottom');
    assert.is(at.git('show', `${tree}:plain.txt`), 'top\none\nbottom');
  }));

test('a conflict is resolved as people resolved it before, also where the file has changed elsewhere', () =>
  withRepository(async (at) => {
    const file = (middle: string, end = 'end'): string => `top\na\nb\nc\n${middle}\nd\ne\nf\n${end}\n`;
    const [target, result] = sides(at, { 'a.txt': file('was') }, { 'a.txt': file('one') }, { 'a.txt': file('two') });
    assert.is((await mergeResolved(at.repository, target, result)).ok, false);
    at.git('config', 'rerere.enabled', 'true');
    at.git('checkout', '--quiet', '-B', 'person', result);
    assert.is(at.gitCode('merge', '--quiet', target), 1);
    at.commit({ 'a.txt': file('one and two') });
    const { tree, resolved } = value(await mergeResolved(at.repository, target, result));
    assert.equal(resolved, [{ path: 'a.txt', by: 'recorded' }]);
    assert.is(at.git('show', `${tree}:a.txt`), file('one and two').trimEnd());
    at.git('checkout', '--quiet', '--detach', target);
    const moved = at.commit({ 'a.txt': file('one', 'another end') });
    const again = value(await mergeResolved(at.repository, moved, result));
    assert.is(at.git('show', `${again.tree}:a.txt`), file('one and two', 'another end').trimEnd());
    at.git('checkout', '--quiet', '--detach', target);
    const other = at.commit({ 'a.txt': file('three') });
    assert.is((await mergeResolved(at.repository, other, result)).ok, false, 'another conflict');
  }));

test('no merge driver of the repository or of a tree runs, and what is no plain file is left to people', () =>
  withRepository(async (at) => {
    const mark = join(at.dir, 'ran');
    at.git('config', 'merge.evil.driver', `touch '${mark}'`);
    at.git('config', 'merge.union.driver', `touch '${mark}'`);
    const rules = { '.gitattributes': 'a.txt merge=evil\nb.txt merge=union\n' };
    const [target, result] = sides(
      at,
      { ...rules, 'a.txt': '0\n', 'b.txt': '0\n' },
      { 'a.txt': '1\n', 'b.txt': '1\n' },
      { 'a.txt': '2\n', 'b.txt': '2\n' },
    );
    assert.is((await mergeResolved(at.repository, target, result)).ok, false);
    at.git('checkout', '--quiet', '--detach', result);
    const fits = at.commit({ 'a.txt': '0\n' });
    assert.is(value(await mergeResolved(at.repository, target, fits)).resolved.length, 1);
    assert.not.ok(existsSync(mark));
    at.git('checkout', '--quiet', '--detach', result);
    at.git('rm', '--quiet', 'b.txt');
    const gone = at.commit({ 'a.txt': '0\n' });
    const left = await mergeResolved(at.repository, target, gone);
    assert.is(left.ok ? '' : left.failure.class === 'merge-conflict' && left.failure.paths.join(), 'b.txt');
  }));

test.run();
