import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const PROGRAM = resolve('dist/pushpals.js');
const ENV = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', NO_COLOR: '1' };
const SANDBOX = {
  host: '{ driver: host }',
  bubblewrap: '{ driver: bubblewrap }',
  docker: '{ driver: docker, image: "pushpals-test:1" }',
};
/** Longer than any pause of a machine that has too much to do: past its lease a runner's order is another's, and both may have done a step. */
const LEASE = '2m';

/** @typedef {keyof typeof SANDBOX} Driver */

export const DRIVERS = /** @type {Driver[]} */ (Object.keys(SANDBOX));

/**
 * A repository with PushPals on it, and with what a person has not committed: in the index, in the work tree and in `ops/`.
 * @typedef {{ dir: string, git: (...args: string[]) => string, pushpals: (...args: string[]) => Promise<{ code: number, text: string }>,
 *   start: (...args: string[]) => import('node:child_process').ChildProcess }} Machine
 *
 * One machine, or two that share a bare remote and nothing else. `folder` holds all of it; `marks` is where steps on the host note that they ran.
 * @typedef {{ folder: string, machines: readonly Machine[], origin: string | null, driver: Driver, marks: string | null, remove: () => void }} Project
 */

/** What a person has lying about; none of it may change. */
export const PERSONAL = { 'notes.txt': 'not committed\n', 'staged.txt': 'staged\n', 'ops/draft.md': 'a draft\n' };

/** Steps note that they ran where the sandbox lets them: what a step did outside is an effect that a record cannot take back. */
const formula = (/** @type {string | null} */ marks) => {
  const mark = (/** @type {string} */ step) => (marks === null ? 'true' : `echo $PUSHPALS_RUN ${step} >> '${marks}'`);
  return `formula: work
version: 1
steps:
  - { id: one, run: "${mark('one')}; echo 1 > $PUSHPALS_ORDER.txt" }
  - { id: side, run: "${mark('side')}" }
  - { id: two, needs: [one], run: "${mark('two')}; sleep 0.05; echo 2 >> $PUSHPALS_ORDER.txt" }
  - { id: verify, needs: [two], check: "grep -q 2 $PUSHPALS_ORDER.txt" }
  - { id: ship, needs: [verify], ship: {} }
`;
};

/** @param {Driver} driver @param {{ remote?: boolean }} [options] @returns {Promise<Project>} */
export async function makeProject(driver, { remote = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'pushpals-kills-'));
  const marks = driver === 'host' ? join(folder, 'marks') : null;
  const origin = remote ? join(folder, 'origin.git') : null;
  const first = machine(join(folder, 'a'), remote ? 'a' : null);
  first.git('init', '-q', '-b', 'main');
  write(first, 'README.md', '# a project\n');
  commit(first, 'first');
  await init(first);
  write(
    first,
    'pushpals.yml',
    `version: 1\nproject: kills\nsandbox: ${SANDBOX[driver]}\nrunner: { slots: 4, parallel: 2, lease: ${LEASE} }\n` +
      (remote ? 'ops: { remote: origin }\n' : ''),
  );
  write(first, 'policy/policy.yml', 'version: 1\ndefault: low\n');
  write(first, 'formulas/work.yml', formula(marks));
  commit(first, 'Add PushPals');
  const machines = [first];
  if (origin !== null) {
    first.git('init', '-q', '--bare', '-b', 'main', origin);
    first.git('-C', origin, 'config', 'core.logAllRefUpdates', 'true');
    first.git('remote', 'add', 'origin', origin);
    first.git('push', '-q', 'origin', 'main');
    await works(first, 'tick');
    const second = machine(join(folder, 'b'), 'b');
    second.git('clone', '-q', origin, '.');
    await init(second);
    machines.push(second);
  }
  for (const each of machines) {
    for (const [path, content] of Object.entries(PERSONAL)) write(each, path, content);
    each.git('add', 'staged.txt');
  }
  return {
    folder,
    machines,
    origin,
    driver,
    marks,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @param {string} dir @param {string | null} name of the machine, where it is one of several @returns {Machine} */
function machine(dir, name) {
  mkdirSync(dir);
  const env = name === null ? ENV : { ...ENV, PUSHPALS_RUNNER: name };
  const start = (/** @type {string[]} */ ...args) =>
    spawn(process.execPath, [PROGRAM, ...args], { cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe'] });
  return {
    dir,
    start,
    git: (...args) => execFileSync('git', args, { cwd: dir, env, encoding: 'utf8', maxBuffer: 2 ** 28 }),
    pushpals: (...args) => ended(start(...args)),
  };
}

/** @param {import('node:child_process').ChildProcess} child */
export async function ended(child) {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (/** @type {string} */ part) => (text += part));
  const [code] = /** @type {[number | null]} */ (await once(child, 'close'));
  return { code: code ?? -1, text };
}

/** @param {Machine} on @param {string} path @param {string} content */
function write({ dir }, path, content) {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), content);
}

/** @param {Machine} on @param {string} message */
function commit({ git }, message) {
  git('add', '.');
  git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', 'commit', '-q', '-m', message);
}

/** @param {Machine} on @param {...string} args */
async function works({ pushpals }, ...args) {
  const { code, text } = await pushpals(...args);
  if (code !== 0) throw new Error(`pushpals ${args.join(' ')} ended with ${code}: ${text}`);
}

/** @param {Machine} on */
async function init(on) {
  on.git('config', 'user.name', 'Ada');
  on.git('config', 'user.email', 'ada@example.org');
  await works(on, 'init', '--yes', '--driver', 'host');
  rmSync(join(on.dir, 'policy', 'tests'), { recursive: true, force: true });
}

/** Drops a batch of orders into the inboxes by turns; their names. @param {Project} project @param {string} batch @param {number} count */
export function dropOrders({ machines }, batch, count) {
  return Array.from({ length: count }, (_, index) => {
    const name = `${batch}-o${index}`;
    const on = machines[index % machines.length];
    if (on !== undefined) write(on, `ops/inbox/${name}.yml`, `goal: Do ${name}\nformula: work\n`);
    return name;
  });
}

/** Makes what git itself left half-written as old as it is a day later, since git does not say whose it is, and has the next tick look at everything. @param {Machine} on */
export function age({ dir }) {
  const pack = join(dir, '.git/objects/pack');
  const then = new Date(Date.now() - 25 * 3_600_000);
  for (const name of readdirSync(pack)) if (name.startsWith('tmp_')) utimesSync(join(pack, name), then, then);
  rmSync(join(dir, '.pushpals/state.json'), { force: true });
}
