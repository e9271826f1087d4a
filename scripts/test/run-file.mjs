/** Runs one bundled test file in a process of its own, and says how it went. */
import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** How long the pipes of a file that ended may stay open: something that left its process group may hold them for ever. */
const PIPES_MS = 2000;
const SUMMARY = /\n {2}Total: +(\d+)\n {2}Passed: +(\d+)\n {2}Skipped: +(\d+)\n/g;

/**
 * `failed` counts tests; a file that failed as a whole counts as one.
 * @typedef {{ passed: number, failed: number, skipped: number, ms: number, problem: string | null, output: string }} Outcome
 */

/** @type {Set<number>} */
const groups = new Set();

/** Ends whatever the files that run now have started. */
export function endAll() {
  for (const group of groups) endGroup(group);
}

/** @param {number} group */
function endGroup(group) {
  try {
    process.kill(-group, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Git's variables would turn the tests' own repositories into the one whose hook runs the tests. */
const environment = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));

/**
 * @param {string} bundle @param {{ deadlineMs: number, requireAll: boolean, cwd: string }} options
 * @returns {Promise<Outcome>}
 */
export function runFile(bundle, { deadlineMs, requireAll, cwd }) {
  const started = performance.now();
  return new Promise((settle, reject) => {
    // A group of its own, so that what a test leaves running ends with it.
    const child = spawn(process.execPath, ['--enable-source-maps', bundle], {
      cwd,
      detached: true,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.once('error', reject);
    const { pid } = child;
    if (pid === undefined) return;
    groups.add(pid);
    let output = '';
    let late = false;
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => (output += chunk));
    const deadline = setTimeout(() => {
      late = true;
      endGroup(pid);
    }, deadlineMs);
    child.once('exit', () => {
      clearTimeout(deadline);
      endGroup(pid);
      groups.delete(pid);
      const pipes = setTimeout(() => {
        output += '\n(a process that left its group still holds the output open)\n';
        child.stdout.destroy();
        child.stderr.destroy();
      }, PIPES_MS);
      child.once('close', () => clearTimeout(pipes));
    });
    child.once('close', (code, signal) => {
      const ended = signal === null ? `exit code ${code}` : `signal ${signal}`;
      const overtime = late ? `it took longer than ${deadlineMs / 1000} s` : null;
      settle({ ...judge(output, code, ended, overtime, requireAll), ms: performance.now() - started, output });
    });
  });
}

/**
 * @param {string} output @param {number | null} code @param {string} ended @param {string | null} late @param {boolean} requireAll
 * @returns {Omit<Outcome, 'ms' | 'output'>}
 */
function judge(output, code, ended, late, requireAll) {
  // Not before the last one: a test may print what looks like a summary.
  const summary = [...stripVTControlCharacters(output).matchAll(SUMMARY)].at(-1);
  if (summary === undefined)
    return { passed: 0, failed: 1, skipped: 0, problem: late ?? `it ended without a report (${ended})` };
  const [total = 0, passed = 0, skipped = 0] = summary.slice(1).map(Number);
  const refused = requireAll ? skipped : 0;
  const problem =
    late ??
    (passed < total
      ? `${total - passed} of ${total} tests failed (${ended})`
      : code !== 0
        ? `all tests passed, and then: ${ended}`
        : total + skipped === 0
          ? 'it holds no test'
          : refused > 0
            ? `${refused} tests were skipped, and PUSHPALS_REQUIRE_ENGINE asks for all`
            : null);
  const failed = total - passed + refused;
  return { passed, failed: problem !== null && failed === 0 ? 1 : failed, skipped: skipped - refused, problem };
}
