import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const PROGRAM = resolve('dist/pushpals.js');
export const ENV = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', NO_COLOR: '1' };
const SANDBOX = {
  host: '{ driver: host }',
  bubblewrap: '{ driver: bubblewrap }',
  docker: '{ driver: docker, image: "pushpals-test:1" }',
};

/** @typedef {keyof typeof SANDBOX} Driver */

export const DRIVERS = /** @type {Driver[]} */ (Object.keys(SANDBOX));

/**
 * A repository with PushPals on it, and with what a person has not committed: in the index, in the work tree and in `ops/`. `dirs` is where
 * runners work, by turns: so far all in the same repository.
 * @typedef {{ dir: string, dirs: readonly string[], driver: Driver, marks: string | null, git: (...args: string[]) => string,
 *   pushpals: (...args: string[]) => { code: number, text: string }, remove: () => void }} Project
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

/** @param {Driver} driver @returns {Project} */
export function makeProject(driver) {
  const dir = mkdtempSync(join(tmpdir(), 'pushpals-kills-'));
  const git = (/** @type {string[]} */ ...args) =>
    execFileSync('git', args, { cwd: dir, env: ENV, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const write = (/** @type {string} */ path, /** @type {string} */ content) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  };
  const pushpals = (/** @type {string[]} */ ...args) => {
    try {
      const text = execFileSync(process.execPath, [PROGRAM, ...args], {
        cwd: dir,
        env: ENV,
        encoding: 'utf8',
        stdio: 'pipe',
      });
      return { code: 0, text };
    } catch (error) {
      const { status, stdout, stderr } = /** @type {{ status: number | null, stdout: string, stderr: string }} */ (
        error
      );
      return { code: status ?? -1, text: `${stdout}${stderr}` };
    }
  };
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'Ada');
  git('config', 'user.email', 'ada@example.org');
  write('README.md', '# a project\n');
  git('add', '.');
  git('commit', '-q', '-m', 'first');
  const init = pushpals('init', '--yes', '--driver', 'host');
  if (init.code !== 0) throw new Error(init.text);
  rmSync(join(dir, 'policy', 'tests'), { recursive: true });
  const marks = driver === 'host' ? `${dir}.marks` : null;
  write('pushpals.yml', `version: 1\nproject: kills\nsandbox: ${SANDBOX[driver]}\nrunner: { slots: 4, parallel: 2 }\n`);
  write('policy/policy.yml', 'version: 1\ndefault: low\n');
  write('formulas/work.yml', formula(marks));
  git('add', '.');
  git('commit', '-q', '-m', 'Add PushPals');
  for (const [path, content] of Object.entries(PERSONAL)) write(path, content);
  git('add', 'staged.txt');
  const remove = () => {
    rmSync(dir, { recursive: true, force: true });
    rmSync(`${dir}.marks`, { force: true });
  };
  return { dir, dirs: [dir], driver, marks, git, pushpals, remove };
}

/** Drops a batch of orders into the inbox; their names. @param {Project} project @param {number} batch @param {number} count */
export function dropOrders({ dir }, batch, count) {
  const names = Array.from({ length: count }, (_, index) => `b${batch}-o${index}`);
  for (const name of names)
    writeFileSync(join(dir, 'ops', 'inbox', `${name}.yml`), `goal: Do ${name}\nformula: work\n`);
  return names;
}
