/** What a fresh clone needs before anything else: a Node that is new enough, and the packages of the lock file. */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const UNUSABLE = 2;

/** Moves to the repository's root, and installs the packages if they are missing or older than the lock file. Ends the process if it cannot. */
export function install() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`PushPals needs Node 20.19 or newer; this is ${process.versions.node}.`);
    process.exit(UNUSABLE);
  }
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  const installed = statSync('node_modules/.package-lock.json', { throwIfNoEntry: false });
  if (installed !== undefined && installed.mtimeMs >= statSync('package-lock.json').mtimeMs) return;
  console.log('Installing packages …');
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: 'inherit',
  });
  if (status === 0) return;
  console.error(`The packages could not be installed: ${error?.message ?? `npm ci ended with ${String(status)}`}`);
  process.exit(UNUSABLE);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) install();
