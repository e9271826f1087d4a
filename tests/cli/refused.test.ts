import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProject } from './program.js';

test('a link in the inbox is refused once, though it was committed, and is not followed', async () => {
  const project = await makeProject('host');
  const inOps = (...args: string[]): Promise<string> => project.git('-C', join(project.dir, 'ops'), ...args);
  await symlink('/etc/passwd', join(project.dir, 'ops/inbox/committed.md'));
  await inOps('add', 'inbox/committed.md');
  await inOps('commit', '-q', '-m', 'drop a link');
  await symlink('/etc/passwd', join(project.dir, 'ops/inbox/dropped.md'));

  const first = await project.pushpals(['tick']);
  assert.match(first.stderr, /inbox\/committed\.md/);
  assert.match(first.stderr, /inbox\/dropped\.md/);
  const files = await project.opsFiles();
  assert.not.ok(files.includes('inbox/committed.md'));
  assert.is(files.filter((path) => /^rejected\/.*\.error\.md$/.test(path)).length, 2);
  assert.not.match(await inOps('log', '-p', '--all'), /root:/);

  const tip = await project.git('rev-parse', 'refs/heads/ops');
  const second = await project.pushpals(['tick']);
  assert.is(second.exitCode, 0, second.stderr);
  assert.is(await project.git('rev-parse', 'refs/heads/ops'), tip);
  await project.remove();
});

test.run();
