import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cloneId } from '../../../runner/adapters/git/clone-id.js';
import { makeRepository, type TestRepository } from '../../git-repository.js';

const within = async (run: (repository: TestRepository, gitDir: string) => unknown): Promise<void> => {
  const repository = makeRepository();
  try {
    await run(repository, join(repository.dir, '.git'));
  } finally {
    repository.remove();
  }
};

test('a clone keeps its id, and shares it with no other: at the same path, or a copy of it', () =>
  within((repository, projectDir) => {
    const id = cloneId({ projectDir });
    assert.is(cloneId({ projectDir }), id);
    repository.git('gc', '--quiet', '--prune=now');
    assert.is(cloneId({ projectDir }), id);
    const copy = `${repository.dir} copied`;
    cpSync(repository.dir, copy, { recursive: true });
    assert.is.not(cloneId({ projectDir: join(copy, '.git') }), id);
    renameSync(repository.dir, `${repository.dir} before`);
    mkdirSync(repository.dir);
    repository.git('init', '--quiet');
    assert.is.not(cloneId({ projectDir }), id);
    assert.is(repository.git('status', '--porcelain'), '');
    assert.equal(
      readdirSync(projectDir).filter((name) => name.startsWith('.pushpals')),
      ['.pushpals'],
      'nothing else is left there',
    );
  }));

test('who asks for it at once gets the same', () =>
  within(async (_, projectDir) => {
    // Threads of this very file, that all begin at one signal.
    const gate = new Int32Array(new SharedArrayBuffer(4));
    const asked = [1, 2, 3, 4].map(() => new Worker(new URL(import.meta.url), { workerData: { projectDir, gate } }));
    await Promise.all(asked.map((worker) => once(worker, 'message')));
    const answers = asked.map((worker) => once(worker, 'message'));
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
    const ids = (await Promise.all(answers)).map(([id]) => String(id));
    assert.ok((ids[0] ?? '').length > projectDir.length + 30);
    assert.is(new Set(ids).size, 1, ids.join('\n'));
    assert.equal(
      readdirSync(projectDir).filter((name) => name.startsWith('.pushpals')),
      ['.pushpals'],
    );
  }));

test('where something else lies in its place, the path has to do', () =>
  within((_, projectDir) => {
    mkdirSync(join(projectDir, '.pushpals'));
    writeFileSync(join(projectDir, '.pushpals', 'notes'), 'mine');
    assert.is(cloneId({ projectDir }), `${projectDir}\0`);
    assert.is(readFileSync(join(projectDir, '.pushpals', 'notes'), 'utf8'), 'mine');
  }));

if (isMainThread) test.run();
else {
  const { projectDir, gate } = workerData as { projectDir: string; gate: Int32Array };
  parentPort?.postMessage('ready');
  Atomics.wait(gate, 0, 0);
  parentPort?.postMessage(cloneId({ projectDir }));
}
