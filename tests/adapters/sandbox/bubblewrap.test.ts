// deadline: 180s
// one Node: what holds is the kernel
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BubblewrapDriver } from '../../../runner/adapters/sandbox/bubblewrap.js';
import { ControlGroup } from '../../../runner/adapters/sandbox/cgroup.js';
import type { RunId } from '../../../runner/core/ids.js';
import { sandboxContract } from '../../contracts/sandbox.js';
import { withSandbox, type SandboxTraits } from '../../contracts/sandbox-rig.js';
import { needs } from '../../engine.js';

const self = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const isRoot = self.uid === 0;
const owner = isRoot ? { uid: 61347, gid: 61347 } : self;
const PATH = '/usr/local/bin:/usr/bin:/bin';
const make = (): BubblewrapDriver => new BubblewrapDriver(owner, PATH, [], randomUUID, self);
const probe = ControlGroup.make(`probe~${String(process.pid)}`, { memoryBytes: 1e8, pids: 10, cpus: 1 });
probe?.remove();
const traits: SandboxTraits = {
  isolates: true,
  boundsMemory: probe !== null,
  countsRefusals: probe !== null,
  image: undefined,
};
const register = needs('bubblewrap', test);

sandboxContract('bubblewrap', make, traits, register);
// The other way in: a user namespace, as for everybody who is not root.
if (isRoot)
  sandboxContract(
    'bubblewrap in a user namespace',
    () => new BubblewrapDriver(self, PATH, [], randomUUID, self),
    { ...traits, isVariant: true },
    register,
  );

register('bubblewrap: a program that it cannot find is told from one that it may not use', async () => {
  const missing = await new BubblewrapDriver(owner, '/nowhere', [], randomUUID, self).unavailable();
  assert.match(missing?.why ?? '', /not installed/);
  const folder = mkdtempSync(join(tmpdir(), 'pushpals-bwrap-'));
  writeFileSync(join(folder, 'bwrap'), '#!/bin/sh\necho "no namespaces for you" >&2\nexit 1\n');
  chmodSync(join(folder, 'bwrap'), 0o755);
  const refused = await new BubblewrapDriver(owner, folder, [], randomUUID, self).unavailable();
  assert.match(refused?.why ?? '', /no namespaces for you/);
});

register("bubblewrap: what it cannot mount is its failure, not the step's", () =>
  withSandbox(make(), traits, async ({ sandbox, workspace }) => {
    rmSync(workspace.outDir, { recursive: true });
    const end = await sandbox.exec({
      script: 'exit 0',
      env: {},
      timeoutMs: 10_000,
      signal: new AbortController().signal,
      onOutput: () => undefined,
    });
    assert.is(end.ok ? '' : end.failure.class, 'sandbox-unavailable');
  }),
);

register('bubblewrap: the environment of a step never reaches bubblewrap itself or the process list', () =>
  withSandbox(make(), traits, async ({ run, workspace }) => {
    writeFileSync(join(workspace.dir, 'evil.so'), 'not a library');
    const end = await run('sleep 0.1; cat /proc/[0-9]*/cmdline | tr "\\0" " "', {
      env: { LD_PRELOAD: join(workspace.dir, 'evil.so'), SECRET: 'the-secret' },
    });
    assert.is(end.exitCode, 0);
    assert.not.match(end.output, /the-secret/);
    assert.match(end.output, /sleep|cat|launch|bwrap/);
  }),
);

register('bubblewrap: a toolchain outside of the system is there, read-only', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pushpals-tools-'));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'tool'), '#!/bin/sh\necho a tool\n');
  chmodSync(join(folder, 'tool'), 0o755);
  await withSandbox(
    new BubblewrapDriver(owner, `${folder}:${PATH}`, [folder], randomUUID, self),
    traits,
    async ({ run }) => {
      assert.is((await run(`tool; touch ${folder}/x; echo $?`)).output.split('\n')[0], 'a tool');
      assert.not.ok(existsSync(join(folder, 'x')));
    },
  );
});

if (probe !== null) {
  register('bubblewrap: leaves no control group, and sweep removes those of dead runs only', async () => {
    const names = (repository: string): readonly string[] =>
      ControlGroup.names((name) => name.startsWith(`${repository}~`));
    await withSandbox(make(), traits, async ({ run, spec }) => {
      await run('sleep 5 & exit 0');
      assert.equal(names(spec.repositoryId), []);
    });
    const limits = { memoryBytes: 1e8, pids: 10, cpus: 1 };
    for (const name of ['ours~dead-1~x', 'ours~alive-1~x', 'theirs~dead-1~x']) ControlGroup.make(name, limits);
    try {
      assert.equal(await make().sweep('ours', () => Promise.resolve(new Set(['alive-1' as RunId]))), [
        'control group of dead-1',
      ]);
      assert.equal([...names('ours'), ...names('theirs')], ['ours~alive-1~x', 'theirs~dead-1~x']);
    } finally {
      for (const name of ['ours~dead-1~x', 'ours~alive-1~x', 'theirs~dead-1~x']) ControlGroup.named(name).remove();
    }
  });
}

test.run();
