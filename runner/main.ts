/** The root: reads the process, loads what builds adapters when a command needs it, runs the command, and ends. */
import { setMaxListeners } from 'node:events';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Composition } from './compose.js';
import type { Remembered } from './app/ports/machine.js';
import type { Signals } from './cli/command.js';
import { runCommandLine } from './cli/run-command.js';
import { instant } from './core/ids.js';

declare const PUSHPALS_VERSION: string;

const PROGRAM_DIR = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const BUG = 70;

const env = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);
const searchPath = env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin';
let composed: Composition | null = null;

async function compose(): Promise<Composition> {
  const { composition } = await import('./compose.js');
  return (composed ??= composition({
    env,
    searchPath,
    self: { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
    pid: process.pid,
    nodePath: process.execPath,
    programDir: PROGRAM_DIR,
    version: PUSHPALS_VERSION,
  }));
}

const idle = async (directory: string): Promise<Remembered | null> =>
  (await import('./idle.js')).stillIdle(resolve(directory), searchPath, PUSHPALS_VERSION, instant(Date.now()));

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks);
}

/** Asks at the terminal; no where there is none to ask at. */
async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

/** As no-color.org and force-color.org have it: an empty variable says nothing. */
function wantsColor(): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'] ?? '';
  if (forced !== '') return forced !== '0';
  return process.stdout.isTTY && env['TERM'] !== 'dumb';
}

// As many steps as may run side by side wait for one signal, which Node takes for a leak from the eleventh on, and says so among our words.
setMaxListeners(0);
const [stop, second] = [new AbortController(), new AbortController()];
let signalled = 0;
let count = 0;
/** How many signals the command answers by itself. */
let answered = 1;

const signals: Signals = {
  second: () => {
    answered = 2;
    return second.signal;
  },
  code: () => signalled,
  onHangUp: (listener) => {
    const isAtTerminal = process.stdout.isTTY;
    process.on('SIGHUP', () => {
      if (isAtTerminal) {
        signalled ||= 129;
        stop.abort();
      } else listener();
    });
  },
};

async function main(): Promise<number> {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(signal, () => {
      count += 1;
      // One more does not wait for the steps to be ended in order.
      if (count > answered) process.exit(code);
      if (count === 1) signalled = code;
      (count === 1 ? stop : second).abort();
    });
  }
  const exit = await runCommandLine({
    argv: process.argv.slice(2),
    stdout: process.stdout,
    stderr: process.stderr,
    interactive: process.stderr.isTTY,
    color: wantsColor(),
    width: process.stdout.isTTY ? process.stdout.columns : Infinity,
    height: process.stdout.isTTY ? process.stdout.rows : Infinity,
    cwd: process.cwd(),
    signal: stop.signal,
    signals,
    now: () => instant(Date.now()),
    timezone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    version: PUSHPALS_VERSION,
    nodeVersion: process.versions.node,
    readStdin,
    page: async (text) => (process.stdout.isTTY ? (await compose()).page(text) : false),
    confirm,
    idle,
    failureOf: async (error) => {
      thrown = true;
      return (await compose()).failureOf(error);
    },
    openRepo: async (directory) => (await compose()).openRepo(directory),
    connect: async (...of) => (await compose()).connect(...of),
  });
  await composed?.close();
  return signalled === 0 || answered > 1 ? exit : signalled;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe, or the terminal, went away: there is nobody left to tell.
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  if (answered === 1) process.exit(0);
  stop.abort();
});

process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  // What is said beside the result has no reader any more; the work goes on.
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
});

/** Something ended in the middle: what it had begun, git processes for one, would keep this one waiting. */
let thrown = false;

main().then(
  (code) => {
    if (thrown) process.exit(code);
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(
      `pushpals: this is a bug in PushPals ${PUSHPALS_VERSION}; nothing was lost\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    // What git processes are left would keep this one waiting for them.
    process.exit(BUG);
  },
);
