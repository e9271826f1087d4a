import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { removeTree } from '../../../runner/adapters/workspace/remove-tree.js';
import { thrownBy } from '../../thrown.js';
import { asSomebody } from '../../unprivileged.js';

const test = suite<{ dir: string }>('removeTree', { dir: '' });
test.before.each((context) => {
  context.dir = mkdtempSync(join(tmpdir(), 'pushpals-remove-'));
});
test.after.each(({ dir }) => {
  execFileSync('rm', ['-rf', '--', dir]);
});

const LEVELS = 300;
const NAME = 'x'.repeat(30);

/** A chain of folders whose path is longer than the system allows, made from within. */
const NEST = `mkdir -p "$1" && cd "$1" && i=0; while [ $i -lt ${String(LEVELS)} ]; do mkdir d"$0" && cd -P d"$0" || exit 1; i=$((i+1)); done; echo x >f`;
const nest = (place: string): void => {
  execFileSync('sh', ['-c', NEST, NAME, place]);
};

test('removes a tree nested deeper than a path can be long', ({ dir }) => {
  nest(join(dir, 'deep'));
  const deepest = join(dir, 'deep', ...Array.from({ length: LEVELS }, () => `d${NAME}`));
  assert.is(thrownBy(() => lstatSync(deepest))?.code, 'ENAMETOOLONG', 'the setup is what it says');
  removeTree(join(dir, 'deep'));
  assert.equal(readdirSync(dir), []);
});

test('removes links and not what they point at', ({ dir }) => {
  mkdirSync(join(dir, 'kept'));
  writeFileSync(join(dir, 'kept', 'file'), 'x');
  nest(join(dir, 'gone'));
  symlinkSync('../kept', join(dir, 'gone', 'link'));
  removeTree(join(dir, 'gone'));
  symlinkSync('kept', join(dir, 'link'));
  removeTree(join(dir, 'link'));
  assert.equal(readdirSync(dir), ['kept']);
  assert.ok(existsSync(join(dir, 'kept', 'file')));
});

test('removes names that are not UTF-8, and takes nothing for done', ({ dir }) => {
  nest(join(dir, 'deep'));
  writeFileSync(Buffer.concat([Buffer.from(`${dir}/deep/`), Buffer.from([0xff, 0x0a])]), 'x');
  removeTree(join(dir, 'deep'));
  removeTree(join(dir, 'deep'));
  assert.equal(readdirSync(dir), []);
});

test('removes folders that their owner may not enter', ({ dir }) => {
  chmodSync(dir, 0o777);
  const top = join(dir, 'locked');
  asSomebody(() => {
    mkdirSync(join(top, 'a', 'b'), { recursive: true });
    writeFileSync(join(top, 'a', 'b', 'file'), '');
    for (const folder of ['a/b', 'a', '.']) chmodSync(join(top, folder), 0);
    removeTree(top);
  });
  assert.equal(readdirSync(dir), []);
});

test.run();
