import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { until } from '../until.js';
import { makeProject, type Project } from './program.js';

export const QUICK = 'formula: f\nversion: 1\nsteps:\n  - { id: a, run: "true" }\n';

/** A `pushpals watch` of a test, as a process of its own. */
export interface Watching {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly said: () => string;
  /** How often it has looked. */
  readonly ticks: () => number;
  /** Resolves when it has printed that, since `from` (a length of what it had said). */
  readonly says: (what: RegExp, from?: number) => Promise<void>;
  /** Signals it, and waits for its exit code. */
  readonly end: (signal?: NodeJS.Signals) => Promise<number | null>;
}

const started = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});

/** Starts a watch that looks by itself so seldom that only notices can wake it, and waits until it watches. */
export async function startWatch(project: Project, ...args: string[]): Promise<Watching> {
  const polls = args.includes('--poll') ? [] : ['--poll', '1h'];
  const child = spawn(process.execPath, [resolve('dist/pushpals.js'), 'watch', ...polls, ...args], {
    cwd: project.dir,
    env: { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
  // A test that fails leaves it; neither this process nor the next one waits for it.
  const handles = [child, child.stdout, child.stderr] as unknown as readonly { ref(): void; unref(): void }[];
  for (const handle of handles) handle.unref();
  started.add(child);
  const closed = once(child, 'close') as Promise<[number | null]>;
  const watching: Watching = {
    child,
    said: () => said,
    ticks: () => {
      const mark = readFileSync(join(project.dir, '.pushpals', 'watches', `${String(child.pid)}.json`), 'utf8');
      return (JSON.parse(mark) as { ticks: number }).ticks;
    },
    says: async (what, from = 0) => {
      await until(`it says ${String(what)}`, () => what.test(said.slice(from)) || child.exitCode !== null);
      if (!what.test(said.slice(from))) throw new Error(`it ended without saying ${String(what)}:\n${said}`);
    },
    end: async (signal = 'SIGTERM') => {
      for (const handle of handles) handle.ref();
      child.kill(signal);
      return (await closed)[0];
    },
  };
  await watching.says(/^watching |"event":"watching"/m);
  return watching;
}

/** A project with a formula of two steps; the second waits for the gate. Each notes in `count` how often it ran. */
export async function gated(
  files: Readonly<Record<string, string>> = {},
): Promise<{ project: Project; open: () => void; ran: () => readonly string[] }> {
  const project = await makeProject('host');
  const [count, gate] = [join(project.dir, 'count'), join(project.dir, 'gate')];
  const wait = `n=0; while [ ! -e '${gate}' ] && [ $((n += 1)) -lt 4000 ]; do sleep 0.02; done`;
  await project.commit({
    'formulas/f.yml': QUICK,
    'formulas/two.yml': `formula: two
version: 1
steps:
  - { id: one, run: "echo one >> '${count}'; echo 1 > one.txt" }
  - { id: two, needs: [one], run: "echo two >> '${count}'; ${wait}; cat one.txt > two.txt" }
  - { id: ship, ship: {} }
`,
    ...files,
  });
  return {
    project,
    open: () => {
      writeFileSync(gate, '');
    },
    ran: () => (existsSync(count) ? readFileSync(count, 'utf8').trim().split('\n') : []),
  };
}
