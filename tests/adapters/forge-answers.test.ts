import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { AnswerFiles } from '../../runner/adapters/forge/answers.js';
import { systemProcesses } from '../../runner/adapters/processes.js';

const self = systemProcesses(process.pid, undefined).self();

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

test.run();
