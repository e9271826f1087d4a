import * as assert from 'uvu/assert';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { BubblewrapDriver } from '../../runner/adapters/sandbox/bubblewrap.js';
import { DockerDriver } from '../../runner/adapters/sandbox/docker.js';
import { HostDriver } from '../../runner/adapters/sandbox/host.js';
import type { DriverName, SandboxDriver } from '../../runner/app/ports/sandbox.js';
import { withSandbox } from '../contracts/sandbox-rig.js';
import { exception } from './catalogue.js';
import type { Attack } from './attack.js';
import { withTarget } from './target.js';

const self = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const owner = self.uid === 0 ? { uid: 61347, gid: 61347 } : self;
const SEARCH_PATH = '/usr/local/bin:/usr/bin:/bin';
const make: Readonly<Record<DriverName, () => SandboxDriver>> = {
  docker: () => new DockerDriver(owner, {}, SEARCH_PATH),
  bubblewrap: () => new BubblewrapDriver(owner, SEARCH_PATH, [], randomUUID, self),
  host: () => new HostDriver(self, SEARCH_PATH, tmpdir(), randomUUID),
};

/** Makes an attack by a driver, and throws unless it came out as declared: held, or succeeded where the file says that it does. */
export async function attempt(attack: Attack, driver: DriverName): Promise<void> {
  const declared = exception(attack, driver);
  if (declared !== null && 'notApplicable' in declared) throw new TypeError(`${attack.title}: not for ${driver}`);
  if (declared === null) await once(attack, driver);
  else if (await holds(attack, driver))
    throw new Error(`“${attack.title}” holds by ${driver}, where it is said to succeed (${declared.succeeds})`);
}

async function holds(attack: Attack, driver: DriverName): Promise<boolean> {
  try {
    await once(attack, driver);
    return true;
  } catch (error) {
    if (error instanceof assert.Assertion) return false;
    throw error;
  }
}

async function once(attack: Attack, driver: DriverName): Promise<void> {
  switch (attack.by) {
    case 'anybody':
      return attack.attempt();
    case 'project':
      return withTarget(driver, attack.attempt);
    case 'script': {
      const traits = { isolates: driver !== 'host', boundsMemory: driver !== 'host' };
      const image = driver === 'docker' ? 'pushpals-test:1' : undefined;
      return withSandbox(make[driver](), { ...traits, image }, attack.attempt, attack.sandbox);
    }
  }
}
