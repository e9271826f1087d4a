import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type Docker from 'dockerode';
import {
  engineEnforcement,
  engineFacts,
  unfit,
  type EngineFacts,
} from '../../../runner/adapters/sandbox/engine-facts.js';
import { enforcementHealth } from '../../../runner/core/enforcement.js';

/** What is read of `docker info`, in the form in which these engines give it by their source; no machine that the suite runs on has a rootless one. */
const ROOTLESS = {
  ServerVersion: '27.3.1',
  OSType: 'linux',
  CgroupDriver: 'systemd',
  CgroupVersion: '2',
  MemoryLimit: true,
  SwapLimit: true,
  PidsLimit: true,
  CpuCfsPeriod: true,
  CpuCfsQuota: true,
  CPUShares: true,
  CPUSet: true,
  SecurityOptions: ['name=seccomp,profile=builtin', 'name=rootless', 'name=cgroupns'],
};
/** What systemd delegates to users where nobody changed that, up to its version 251. */
const BY_DEFAULT = { ...ROOTLESS, CpuCfsPeriod: false, CpuCfsQuota: false, CPUShares: false, CPUSet: false };
/** Without systemd, or without a session of it: Docker says so in its warnings, and runs containers without any limit. */
const NONE = {
  ...{ ...BY_DEFAULT, CgroupDriver: 'none', MemoryLimit: false, SwapLimit: false, PidsLimit: false },
  Warnings: [
    'WARNING: Running in rootless-mode without cgroups. Systemd is required to enable cgroups in rootless-mode.',
  ],
};
const VERSION_1 = { ...NONE, CgroupVersion: '1' };
/** The engine of a machine's root, whose kernel does not count swap. */
const NO_SWAP = { ...ROOTLESS, SwapLimit: false, SecurityOptions: ['name=seccomp,profile=builtin', 'name=cgroupns'] };
/** Podman 4 by its Docker-compatible service. */
const PODMAN = {
  ...{ ServerVersion: '4.3.1', OSType: 'linux', CgroupDriver: 'systemd', CgroupVersion: '2' },
  ...{ MemoryLimit: true, SwapLimit: true, PidsLimit: true, CPUCfsQuota: true, CPUShares: true, CPUSet: true },
  SecurityOptions: ['name=seccomp,profile=default', 'name=rootless'],
};

const OWNER = { uid: 1000, gid: 1000 };
const factsOf = (info: object, component = 'Engine'): Promise<EngineFacts> => {
  const engine = {
    info: () => Promise.resolve(info),
    version: () => Promise.resolve({ Components: [{ Name: component }] }),
  };
  return engineFacts(engine as unknown as Docker);
};

test('a rootless engine on control groups version 2 that are delegated is taken, and everything is enforced', async () => {
  for (const facts of [await factsOf(ROOTLESS), await factsOf(PODMAN, 'Podman Engine')]) {
    assert.is(unfit(facts), null);
    assert.is(facts.maps, 'rootless');
    const enforcement = engineEnforcement(facts, OWNER, 'carried-and-counted');
    assert.is(enforcementHealth(enforcement).found, 'everything is enforced here, but for disk (partly)');
    assert.match(enforcement.users.how, /user of their own user namespace \(rootless\)/);
  }
  assert.is((await factsOf(PODMAN, 'Podman Engine')).name, 'podman');
});

test('one to which memory and processes alone are delegated is taken, and `doctor` says that it does not bound processors', async () => {
  const facts = await factsOf(BY_DEFAULT);
  assert.is(unfit(facts), null);
  const { cpu, memory, pids } = engineEnforcement(facts, OWNER, 'carried');
  assert.equal([memory.state, pids.state], ['yes', 'yes']);
  assert.equal(cpu, { state: 'no', how: 'the engine has no control group for it: it is not delegated to your user' });
});

test('one to which nothing is delegated is refused, with what delegates it', async () => {
  const refused = unfit(await factsOf(NONE));
  assert.match(refused?.why ?? '', /cannot bound memory and swap and pids here \(control groups version 2, rootless\)/);
  assert.match(refused?.mend ?? '', /^Delegate the control groups to your user \(`Delegate=cpu cpuset io memory pids`/);
});

test('a rootless engine on control groups version 1 is refused, with what leads to version 2', async () => {
  const refused = unfit(await factsOf(VERSION_1));
  assert.match(refused?.why ?? '', /version 1, rootless/);
  assert.match(refused?.mend ?? '', /^Boot with control groups version 2/);
});

test('an engine that does not bound swap is refused, for memory would not end there', async () => {
  const refused = unfit(await factsOf(NO_SWAP));
  assert.match(refused?.why ?? '', /cannot bound swap here/);
  assert.match(refused?.mend ?? '', /swapaccount=1/);
});

test('of an engine that filters no system calls, or none by its own profile, that is said', async () => {
  for (const SecurityOptions of [['name=rootless'], ['name=seccomp,profile=unconfined', 'name=rootless']]) {
    const enforcement = engineEnforcement(await factsOf({ ...ROOTLESS, SecurityOptions }), OWNER, 'carried');
    assert.is(enforcement['system calls'].state, 'no');
  }
});

test.run();
