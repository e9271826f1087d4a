import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checksSay } from '../../runner/core/forge/checks-say.js';
import { AnswerFiles } from '../../runner/adapters/forge/answers.js';
import { unseenChecks } from '../../runner/adapters/forge/unseen-checks.js';
import { systemProcesses } from '../../runner/adapters/processes.js';

const self = systemProcesses(process.pid, undefined).self();

test('of a commit with more checks than are read none is taken for checked', () => {
  assert.equal(unseenChecks(49, 50), []);
  assert.is(checksSay(unseenChecks(50, 50)), 'its checks are under way (those after the first 50)');
});

test('an answer that another process sweeps away while it is read is an answer', () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'pushpals-answers-'));
  try {
    const folder = join(stateDir, 'forge');
    // Whoever asks for the time has read the file, and is about to note its use.
    const answers = new AnswerFiles({ stateDir, self }, () => {
      for (const name of readdirSync(folder)) rmSync(join(folder, name));
      return new Date();
    });
    answers.keep('a', { etag: 'e', headers: {}, body: 'b' });
    assert.equal(answers.kept('a'), { etag: 'e', headers: {}, body: 'b' });
    assert.is(answers.kept('a'), null);
  } finally {
    rmSync(stateDir, { recursive: true });
  }
});

test('as many answers as a look asks for are kept; beyond a number or a size, what was not asked for longest goes', () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'pushpals-answers-'));
  let nowMs = Date.parse('2026-11-20T12:00:00.000Z');
  const now = (): Date => new Date((nowMs += 1000));
  const keptOf = (answers: AnswerFiles, count: number): number =>
    Array.from({ length: count }, (_, at) => answers.kept(String(at))).filter((each) => each !== null).length;
  const fill = (answers: AnswerFiles, count: number, body: string): void => {
    for (let at = 0; at < count; at++) {
      answers.keep(String(at), { etag: 'e', headers: {}, body });
      answers.kept(String(at));
    }
  };
  try {
    const answers = new AnswerFiles({ stateDir, self }, now);
    fill(answers, 300, 'b');
    assert.is(keptOf(answers, 300), 300);
    const few = new AnswerFiles({ stateDir, self }, now, { answers: 10, bytes: 1_000_000 });
    fill(few, 20, 'b');
    assert.is(keptOf(few, 20), 10);
    rmSync(join(stateDir, 'forge'), { recursive: true });
    const small = new AnswerFiles({ stateDir, self }, now, { answers: 10, bytes: 5_500 });
    fill(small, 20, 'b'.repeat(1000));
    assert.is(keptOf(small, 20), 5);
    assert.is.not(small.kept('19'), null);
  } finally {
    rmSync(stateDir, { recursive: true });
  }
});

test.run();
