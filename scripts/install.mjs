/** What a fresh clone needs before anything else: a Node that is new enough, and the packages of the lock file. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** Installs the packages if they are missing or older than the lock file. */
export function install() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`PushPals needs Node 20.19 or newer; this is ${process.versions.node}.`);
    process.exit(2);
  }
  const installed = statSync('node_modules/.package-lock.json', { throwIfNoEntry: false });
  if (installed !== undefined && installed.mtimeMs >= statSync('package-lock.json').mtimeMs) return;
  console.log('Installing packages …');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: 'inherit' });
}

if (process.argv[1]?.endsWith('install.mjs')) install();
