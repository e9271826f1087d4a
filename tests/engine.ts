import { spawnSync } from 'node:child_process';

type Test = ((name: string, run: () => Promise<void>) => void) & { skip: (name: string) => void };

type Needed = 'docker' | 'bubblewrap' | 'tmux' | 'podman';

/** Whether this machine has what a driver needs, asked once a process. */
const HAS: Readonly<Record<Needed, () => boolean>> = {
  docker: () => spawnSync('docker', ['image', 'inspect', 'pushpals-test:1'], { stdio: 'ignore' }).status === 0,
  // It gets docker's image, and works as root alone: rootless, it has to be set up for a user.
  podman: () =>
    process.getuid?.() === 0 && HAS.docker() && spawnSync('podman', ['--version'], { stdio: 'ignore' }).status === 0,
  tmux: () => spawnSync('tmux', ['-V'], { stdio: 'ignore' }).status === 0,
  bubblewrap: () =>
    spawnSync('bwrap', ['--unshare-all', '--ro-bind', '/', '/', 'true'], { stdio: 'ignore' }).status === 0,
};

/** Whether a driver works here. `host` always does. */
export const hasDriver = (driver: 'docker' | 'bubblewrap' | 'host'): boolean => driver === 'host' || HAS[driver]();

/** Whether this machine has something. */
export const has = (needed: Needed): boolean => HAS[needed]();

/** Registers tests that need a driver: skipped, and counted as such, where it is missing; failing where it must be there. */
export function needs(driver: Needed, test: Test): (name: string, run: () => Promise<void>) => void {
  if (HAS[driver]())
    return (name, run) => {
      test(name, run);
    };
  if (process.env['PUSHPALS_REQUIRE_ENGINE'] === '1') {
    return (name) => {
      test(name, () => Promise.reject(new Error(`${driver} is required here and does not answer`)));
    };
  }
  return (name) => {
    test.skip(name);
  };
}
