// deadline: 120s
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostDriver } from '../../../runner/adapters/sandbox/host.js';
import type { RunId } from '../../../runner/core/ids.js';
import { sandboxContract } from '../../contracts/sandbox.js';
import { processesWith } from '../../contracts/sandbox-rig.js';

const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const home = mkdtempSync(join(tmpdir(), 'pushpals-home-'));
const make = (): HostDriver => new HostDriver(owner, process.env['PATH'] ?? '/usr/bin:/bin', home, randomUUID);

sandboxContract('host', make, { isolates: false, boundsMemory: false, countsRefusals: false, image: undefined }, test);

test('host: says that it isolates nothing', () => {
  assert.match(make().warning, /nothing is isolated/);
});

test('host: sweep ends what a dead run of this repository left, and nothing else', async () => {
  const id = randomUUID();
  const children = ['ours~dead-1~x', 'ours~alive-1~x', 'theirs~dead-1~x'].map((mark) =>
    spawn('/bin/sh', ['-c', 'echo up; exec sleep 1000'], {
      env: { PATH: '/usr/bin:/bin', ID: id, PUSHPALS_EXEC: mark },
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  try {
    await Promise.all(children.map((child) => once(child.stdout, 'data')));
    assert.is(processesWith(id).length, 3);
    const swept = await make().sweep('ours', () => Promise.resolve(new Set(['alive-1' as RunId])));
    assert.equal(swept, [`process ${String(children[0]?.pid)} of dead-1`]);
    if (children[0]?.signalCode === null) await once(children[0], 'exit');
    assert.equal(
      children.map(({ signalCode }) => signalCode),
      ['SIGKILL', null, null],
    );
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
});

test.run();
