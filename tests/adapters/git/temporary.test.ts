import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  FOLLOW_LOCK,
  sweepTemporary,
  temporaryName,
  temporaryPlace,
  type Claimant,
} from '../../../runner/adapters/git/temporary.js';
import { systemProcesses } from '../../../runner/adapters/processes.js';

const processes = systemProcesses();
const alive = processes.self();
const elsewhere = { ...alive, host: 'another' };

/** A runner that was killed. */
async function deadRunner(): Promise<Claimant> {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  const claimant = processes.of(child.pid ?? 0);
  child.kill('SIGKILL');
  await once(child, 'close');
  return claimant;
}

const test = suite<{ top: string; projectDir: string; stateDir: string; sweep: (now?: number) => readonly string[] }>(
  'temporary files',
);
test.before.each((context) => {
  context.top = mkdtempSync(join(tmpdir(), 'pushpals-temporary-'));
  context.projectDir = join(context.top, '.git');
  context.stateDir = join(context.top, '.pushpals');
  for (const folder of ['objects/pack', 'worktrees/ops'])
    mkdirSync(join(context.projectDir, folder), { recursive: true });
  mkdirSync(context.stateDir);
  context.sweep = (now = Date.now()) => sweepTemporary(context, processes, now);
});
test.after.each(({ top }) => {
  rmSync(top, { recursive: true, force: true });
});

test('what a dead runner was at is taken away wherever it lies, and what others are at stays', async ({
  projectDir,
  stateDir,
  sweep,
}) => {
  const dead = await deadRunner();
  const made = [dead, alive, elsewhere].flatMap((self) => [
    temporaryPlace({ stateDir, self }),
    join(projectDir, 'objects', temporaryName(self)),
    join(projectDir, 'worktrees/ops', temporaryName(self, `${FOLLOW_LOCK}.`)),
  ]);
  for (const path of made) writeFileSync(path, '');
  const folder = temporaryPlace({ stateDir, self: dead });
  mkdirSync(folder);
  writeFileSync(join(folder, 'HEAD'), '');
  writeFileSync(`${made[0] ?? ''}.lock`, '');
  assert.equal([...sweep()].sort(), [...made.slice(0, 3), folder, `${made[0] ?? ''}.lock`].sort());
  assert.equal(
    made.map((path) => existsSync(path)),
    [false, false, false, true, true, true, true, true, true],
  );
  assert.not.ok(existsSync(folder));
  assert.equal(sweep(), []);
});

test('of another machine, or of nobody known, it has to be old', ({ projectDir, stateDir, sweep }) => {
  const place = temporaryPlace({ stateDir, self: elsewhere });
  const pack = join(projectDir, 'objects/pack/tmp_pack_x');
  const unknown = join(dirname(place), 'notes');
  for (const path of [place, pack, unknown, join(projectDir, 'objects/tmp_obj_ofgit')]) writeFileSync(path, '');
  const hours = (count: number): number => Date.now() + count * 3_600_000;
  assert.equal(sweep(hours(23)), []);
  assert.equal(
    sweep(hours(25))
      .map((path) => basename(path))
      .sort(),
    [basename(place), 'notes', 'tmp_pack_x'].sort(),
  );
  assert.equal(readdirSync(join(projectDir, 'objects')), ['pack', 'tmp_obj_ofgit']);
});

test('a link in the place of the folder is not followed', async ({ top, stateDir, sweep }) => {
  const dead = await deadRunner();
  const target = join(top, 'target');
  mkdirSync(target);
  const theirs = join(target, temporaryName(dead, ''));
  writeFileSync(theirs, '');
  utimesSync(theirs, 1, 1);
  symlinkSync(target, join(stateDir, 'tmp'));
  assert.equal(sweep(), []);
  assert.ok(existsSync(theirs));
  writeFileSync(temporaryPlace({ stateDir, self: alive }), '');
  assert.equal(readdirSync(target), [basename(theirs)]);
});

test.run();
