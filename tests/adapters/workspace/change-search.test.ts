import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { PooledWorkspaces } from '../../../runner/adapters/workspace/workspaces.js';
import type { Finding, Owner } from '../../../runner/app/ports/workspaces.js';
import type { Failure } from '../../../runner/core/failure.js';
import type { RunId } from '../../../runner/core/ids.js';
import { ADA, NOON, value, withRepository } from '../../git-repository.js';

const SELF: Owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const RUN = 'order-1' as RunId;
const SECRET = 'hunter2hunter2';
const found = (findings: readonly Finding[]): Failure => ({
  class: 'secret-found',
  where: 'here',
  findings: findings.map(({ path, line }) => ({ file: path, line, rule: 'mine' })),
});

/** Each way to leave it, with where it is found. `many`: git writes what is so much by another way. */
const ways: Readonly<Record<string, readonly [leave: (dir: string) => void, where: Finding]>> = {
  'a file': [
    (dir) => {
      writeFileSync(join(dir, 'new.txt'), `a\n${SECRET}\n`);
    },
    { path: 'new.txt', line: 2 },
  ],
  'a link': [
    (dir) => {
      symlinkSync(`to/${SECRET}`, join(dir, 'link'));
    },
    { path: 'link', line: 1 },
  ],
  'a name': [
    (dir) => {
      writeFileSync(join(dir, SECRET), '');
    },
    { path: SECRET, line: null },
  ],
  'a file of many': [
    (dir) => {
      for (let index = 0; index < 200; index += 1) writeFileSync(join(dir, `${String(index)}.txt`), String(index));
      writeFileSync(join(dir, 'zz.txt'), SECRET);
    },
    { path: 'zz.txt', line: 1 },
  ],
};

for (const [name, [leave, where]] of Object.entries(ways)) {
  test(`what is looked for is in no object when it is found: ${name}`, () =>
    withRepository(async ({ commit, git, places, reader, writer, refs }) => {
      const base = commit({ 'a.txt': 'a\n' });
      const workspaces = new PooledWorkspaces(places, reader, writer, refs, 'docker', () => Date.now(), SELF);
      const workspace = value(await workspaces.acquire(RUN, base, SELF));
      leave(workspace.dir);
      const before = git('cat-file', '--batch-all-objects', '--batch-check');
      const finder = () => (bytes: Uint8Array) => {
        const lines = Buffer.from(bytes).toString('utf8').split('\n');
        const at = lines.findIndex((line) => line.includes(SECRET));
        return at < 0 ? null : at + 1;
      };
      const take = {
        ...{ step: 's', parents: [base], message: 'a step\n', author: ADA, at: NOON },
        ...{ ref: 'refs/pushpals/runs/order-1/s' },
        limits: { maxFileBytes: 1_000_000, maxFiles: 1000, maxTotalBytes: 10_000_000 },
      };
      const refused = await workspaces.snapshot(workspace, { ...take, search: { finder, found } });
      assert.equal(refused.ok || refused.failure, found([where]));
      assert.is(git('cat-file', '--batch-all-objects', '--batch-check'), before);
      assert.is(value(await workspaces.snapshot(workspace, take)).taken.changed, true, 'it is there to be found');
      assert.is.not(git('cat-file', '--batch-all-objects', '--batch-check'), before);
    }));
}

test.run();
