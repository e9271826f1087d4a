/**
 * `npm run demo`: the main job on a throw-away repository with a real bug in it. Uses docker if an engine answers and has (or can get)
 * an image with a shell, else bubblewrap, else the host, and says which.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { install } from './install.mjs';

install();
const { buildProgram } = await import('./build.mjs');
await buildProgram();

const program = resolve('dist/pushpals.js');
const dir = mkdtempSync(join(tmpdir(), 'pushpals-demo-'));
const started = performance.now();
/** The demo is its own: neither a person's git settings nor a hook that runs it reach into it. @type {NodeJS.ProcessEnv} */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_PAGER: 'cat',
};

/** Shows a command and what it prints. @param {string} shown @param {string} command @param {readonly string[]} args */
function show(shown, command, args) {
  console.log(`\n$ ${shown}`);
  const { status, error } = spawnSync(command, args, { cwd: dir, stdio: 'inherit', env });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`\`${shown}\` ended with exit code ${status}`);
}
/** @param {...string} args */
const pushpals = (...args) => show(`pushpals ${args.join(' ')}`, process.execPath, [program, ...args]);
/** @param {...string} args */
const git = (...args) => show(`git ${args.join(' ')}`, 'git', args);
/** @param {string} path @param {string} content */
function write(path, content) {
  mkdirSync(join(dir, path, '..'), { recursive: true });
  writeFileSync(join(dir, path), content);
}
/** @param {string} command @param {readonly string[]} args */
const works = (command, args) => spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 }).status === 0;

/** @returns {{ driver: string, image?: string, why: string }} */
function chooseDriver() {
  if (works('docker', ['info'])) {
    const images = ['busybox', 'alpine', 'debian', 'node:22-bookworm', 'pushpals-test:1'];
    const image =
      images.find((name) => works('docker', ['image', 'inspect', name])) ??
      (works('docker', ['pull', 'busybox']) ? 'busybox' : undefined);
    if (image !== undefined) {
      // The engine that `docker` speaks to need not be the one on the usual socket.
      const asked = spawnSync('docker', ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'], {
        encoding: 'utf8',
      });
      if (asked.status === 0 && asked.stdout.trim() !== '') env['DOCKER_HOST'] ??= asked.stdout.trim();
      return { driver: 'docker', image, why: `an engine answers, and has the image ${image}` };
    }
  }
  if (works('bwrap', ['--unshare-all', '--ro-bind', '/', '/', 'true']))
    return { driver: 'bubblewrap', why: 'no engine with an image answers, and bubblewrap works' };
  return { driver: 'host', why: 'neither an engine nor bubblewrap answers: nothing is isolated' };
}

const BUGGY = `#!/bin/sh
# Adds up the prices on standard input, one a line.
total=0
while read -r price; do
  total=$((total + price))
done
echo "$total"
`;
const TEST = `#!/bin/sh
# The last line of a file may lack its line end; its price counts all the same.
got=$(printf '2\\n3' | sh src/total.sh)
[ "$got" = 5 ] || { echo "expected 5, got $got"; exit 1; }
echo "ok: the last line counts"
`;
const LINT = `#!/bin/sh
# Finds \`while read\` loops that drop a last line without a line end; with --fix it mends them.
[ "$1" = --fix ] && exec sed -i -E 's/^while read -r ([a-z]+); do$/while read -r \\1 || [ -n "$\\1" ]; do/' src/*.sh
! grep -nE '^while read -r [a-z]+; do$' src/*.sh
`;

try {
  const { driver, image, why } = chooseDriver();
  console.log(`Driver: ${driver} (${why}).`);
  write('src/total.sh', BUGGY);
  write('test.sh', TEST);
  write('tools/lint.sh', LINT);
  git('init', '--quiet', '--initial-branch=main', '.');
  git('config', 'user.name', 'Demo');
  git('config', 'user.email', 'demo@example.org');
  pushpals('init', '--yes', '--driver', driver);
  write(
    'pushpals.yml',
    `version: 1\nproject: demo\nsandbox: { driver: ${driver}${image === undefined ? '' : `, image: "${image}"`} }\ncommands:\n  test: sh test.sh\n  lint-fix: sh tools/lint.sh --fix\nformula: lint-fixer\n`,
  );
  git('add', '.');
  git('commit', '--quiet', '--message=Add up prices');
  write('ops/inbox/fix.md', 'Count the last line of a price list that has no line end\n');
  console.log('\n$ echo "Count the last line of a price list that has no line end" > ops/inbox/fix.md');
  pushpals('tick');
  git('diff', 'main...pushpals/fix');
  pushpals('evidence', 'show', 'fix');
  pushpals('status');
  git('log', '--format=%h %an  %s', 'ops', '--');
  console.log(`\nDone in ${((performance.now() - started) / 1000).toFixed(1)} s, on ${driver}.`);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
