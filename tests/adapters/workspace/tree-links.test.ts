import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { PooledWorkspaces } from '../../../runner/adapters/workspace/workspaces.js';
import { follow } from '../../../runner/adapters/workspace/tree-links.js';
import type { Owner } from '../../../runner/app/ports/workspaces.js';
import type { RunId } from '../../../runner/core/ids.js';
import { ADA, NOON, value, withRepository } from '../../git-repository.js';

const SELF: Owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const RUN = 'order-1' as RunId;
const LIMITS = { maxFileBytes: 1_000_000, maxFiles: 1000, maxTotalBytes: 10_000_000 };

test('where a path leads', () => {
  const links = new Map([
    ['a', 'b'],
    ['b', 'real/c'],
    ['real/c', '../d/./e'],
    ['folder', 'real'],
    ['up', '../x'],
    ['round', 'about'],
    ['about', 'round'],
    ['away', '/etc'],
    ['top', 'real/..'],
  ]);
  const cases: readonly (readonly [string, readonly string[], string | null])[] = [
    ['plain/file', [], 'plain/file'],
    ['a', ['a', 'b', 'real/c'], 'd/e'],
    ['folder/c/f', ['folder', 'real/c'], 'd/e/f'],
    ['up', ['up'], null],
    ['away/passwd', ['away'], null],
    ['top', ['top'], ''],
  ];
  for (const [path, by, to] of cases) assert.equal(follow(path, links), { by, to }, path);
  assert.is(follow('round', links).to, null);
});

/** What a step makes of the links and folders that instructions are reached by. */
const changes: Readonly<Record<string, (dir: string) => void>> = {
  'the file at the end': (dir) => {
    writeFileSync(join(dir, 'src/rules.md'), 'obeyed\n');
    writeFileSync(join(dir, 'src/more.md'), 'obeyed\n');
    writeFileSync(join(dir, 'conf/copilot-instructions.md'), 'obeyed\n');
  },
  'a link on the way': (dir) => {
    for (const link of ['guide.md', 'docs', '.github']) rmSync(join(dir, link));
    symlinkSync('evil/rules.md', join(dir, 'guide.md'));
    symlinkSync('evil', join(dir, 'docs'));
    symlinkSync('evil', join(dir, '.github'));
  },
  'a link that becomes a folder, and a file': (dir) => {
    for (const link of ['guide.md', 'docs', '.github']) rmSync(join(dir, link));
    writeFileSync(join(dir, 'guide.md'), 'obeyed\n');
    mkdirSync(join(dir, 'docs'));
    writeFileSync(join(dir, 'docs/more.md'), 'obeyed\n');
    mkdirSync(join(dir, '.github'));
    writeFileSync(join(dir, '.github/copilot-instructions.md'), 'obeyed\n');
  },
  'a folder that becomes a link': (dir) => {
    for (const folder of ['src', 'conf']) {
      rmSync(join(dir, folder), { recursive: true });
      symlinkSync('evil', join(dir, folder));
    }
  },
};

for (const [what, change] of Object.entries(changes)) {
  test(`instructions behind links are shown as the base has them, whatever a step made of ${what}`, () =>
    withRepository(async ({ commit, dir, git, places, reader, writer, refs }) => {
      for (const [target, path] of [
        ['guide.md', 'CLAUDE.md'],
        ['src/rules.md', 'guide.md'],
        ['docs/more.md', 'AGENTS.md'],
        ['src', 'docs'],
        ['conf', '.github'],
      ] as const)
        symlinkSync(target, join(dir, path));
      git('add', '-A');
      const base = commit({
        ...{ 'src/rules.md': 'good\n', 'src/more.md': 'good\n', 'conf/copilot-instructions.md': 'good\n' },
        ...{ 'evil/rules.md': '', 'evil/more.md': '', 'evil/copilot-instructions.md': '', 'work.txt': '' },
      });
      const workspaces = new PooledWorkspaces(places, reader, writer, refs, 'docker', () => Date.now(), SELF);
      const workspace = value(await workspaces.acquire(RUN, base, SELF));
      for (const name of ['rules.md', 'more.md', 'copilot-instructions.md'])
        writeFileSync(join(workspace.dir, 'evil', name), 'obeyed\n');
      change(workspace.dir);
      const take = { step: 's', message: 'a step\n', author: ADA, at: NOON, limits: LIMITS };
      const ref = 'refs/pushpals/runs/order-1/s';
      const { commit: written } = value(await workspaces.snapshot(workspace, { ...take, parents: [base], ref })).taken;
      const shielded = value(
        await workspaces.shield(value(await workspaces.move(workspace, written, SELF)), base, SELF, ADA),
      );
      const text = (path: string): string | null => {
        const place = join(shielded.dir, path);
        return existsSync(place) ? readFileSync(place, 'utf8') : null;
      };
      assert.equal(['CLAUDE.md', 'AGENTS.md', '.github/copilot-instructions.md'].map(text), [
        'good\n',
        'good\n',
        'good\n',
      ]);
      assert.is(text('evil/rules.md'), 'obeyed\n', 'what no instruction leads to is as the step before has it');
      // An agent that changes none of it has nothing of the base’s in its snapshot.
      writeFileSync(join(shielded.dir, 'work.txt'), 'done\n');
      const taken = value(await workspaces.snapshot(shielded, { ...take, parents: [written], ref: `${ref}2` }));
      assert.equal(git('diff', '--name-only', written, taken.taken.commit).trim().split('\n'), ['work.txt']);
    }));
}

test.run();
