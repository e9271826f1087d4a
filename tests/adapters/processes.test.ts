import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { SystemProcesses, procSource, psSource, type ProcessSource } from '../../runner/adapters/processes.js';

const sources: Readonly<Record<string, readonly [ProcessSource, boolean]>> = {
  '/proc': [procSource, existsSync('/proc/self/stat')],
  ps: [psSource, spawnSync('ps', ['-o', 'lstart=', '-p', String(process.pid)]).status === 0],
};
const never = (): boolean => {
  throw new Error('the start was known');
};

for (const [name, [source, isHere]] of Object.entries(sources)) {
  const register = isHere ? test : test.skip;

  register(`${name}: this very process lives, on this machine and in this boot only`, () => {
    const processes = new SystemProcesses(process.pid, never, source);
    const self = processes.self();
    assert.equal([self.host, self.pid], [hostname(), process.pid]);
    assert.is(processes.alive(self), true);
    assert.is(processes.alive({ ...self, host: 'elsewhere' }), null);
    assert.is(processes.alive({ ...self, boot: 'another' }), false);
    assert.is(processes.alive({ ...self, startedAt: 'earlier' }), false, 'another process with the id of a dead one');
    assert.equal(new SystemProcesses(process.pid, never, source).self(), self, 'told alike by every process');
  });

  register(`${name}: a process is dead when it has ended`, async () => {
    const child = spawn('/bin/sh', ['-c', 'read -r _'], { stdio: ['pipe', 'ignore', 'ignore'] });
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    const processes = new SystemProcesses(process.pid, never, source);
    const claimant = { ...processes.self(), pid, startedAt: source.startOf(pid) ?? 'none' };
    assert.is(processes.alive(claimant), true);
    child.stdin.end();
    await once(child, 'exit');
    assert.is(source.startOf(pid), null);
    assert.is(processes.alive(claimant), false);
  });
}

test('a claimant whose start was never known is asked for by its id', () => {
  const unknown: ProcessSource = { startOf: () => null, boot: () => 'unknown' };
  for (const answer of [true, false]) {
    const processes = new SystemProcesses(process.pid, () => answer, unknown);
    assert.is(processes.alive(processes.self()), answer);
  }
});

test.run();
