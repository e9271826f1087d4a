import type { Connection, Repo } from '../app/connection.js';
import type { Remembered } from '../app/ports/machine.js';
import type { Report } from '../app/ports/progress.js';
import type { Instant } from '../core/ids.js';
import type { Failure, Result } from '../core/failure.js';
import type { Signals } from './command.js';
import { Output } from './output.js';
import { COMMANDS } from './command-table.js';
import { parseCommandLine } from './parse.js';
import { eventReport, lineReport, liveReport } from './progress.js';
import { exitCodeOf, renderFailure } from './render-failure.js';

/** The process around the command line, handed in by `main.ts`. */
export interface Surroundings {
  readonly argv: readonly string[];
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly interactive: boolean;
  readonly color: boolean;
  readonly width: number;
  readonly height: number;
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly signals: Signals;
  readonly now: () => Instant;
  readonly timezone: () => string;
  readonly version: string;
  readonly nodeVersion: string;
  readonly readStdin: () => Promise<Uint8Array>;
  readonly page: (text: string) => Promise<boolean>;
  readonly confirm: (question: string) => Promise<boolean>;
  readonly idle: (directory: string) => Promise<Remembered | null>;
  readonly openRepo: (directory: string) => Promise<Result<Repo>>;
  /** The failure that an error of the operating system or of git's means; null where it is a bug. */
  readonly failureOf: (error: unknown) => Promise<Failure | null>;
  readonly connect: (repo: Repo, report: Report, dryRun: boolean) => Promise<Result<Connection>>;
}

/** Runs one command line to its exit code. */
export async function runCommandLine(around: Surroundings): Promise<number> {
  const parsed = parseCommandLine(around.argv);
  const json = 'command' in parsed ? parsed.values['json'] === true : around.argv.includes('--json');
  const out = new Output(around.stdout, around.stderr, {
    json,
    color: around.color,
    interactive: around.interactive,
    width: around.width,
    height: around.height,
  });
  if ('usage' in parsed) {
    out.note(`pushpals: ${parsed.usage}\n${parsed.hint}`);
    return 2;
  }
  const { command, args, values } = parsed;
  const text = (name: string): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined);
  let live =
    command.name === 'tick' && around.interactive && !json && values['dry-run'] !== true ? await liveReport(out) : null;
  const report = live?.report ?? (command.name === 'watch' ? eventReport(out, around.now) : lineReport(out));
  let opened: Result<Repo> | null = null;
  const directory = text('repo') ?? around.cwd;
  const repo = async (): Promise<Result<Repo>> => (opened ??= await around.openRepo(directory));
  try {
    const { run } = await command.load();
    const exit = await run({
      args,
      commands: COMMANDS,
      flag: (name) => values[name] === true,
      option: text,
      options: (name) => {
        const value = values[name];
        return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
      },
      out,
      cwd: around.cwd,
      signal: around.signal,
      signals: around.signals,
      report,
      now: around.now,
      timezone: around.timezone,
      version: around.version,
      nodeVersion: around.nodeVersion,
      readStdin: around.readStdin,
      page: around.page,
      confirm: around.confirm,
      repo,
      idle: () => around.idle(directory),
      connect: async () => {
        const found = await repo();
        return found.ok ? around.connect(found.value, report, values['dry-run'] === true) : found;
      },
      reopen: async () => {
        const found = await around.openRepo(directory);
        if (!found.ok) return found;
        const connection = await around.connect(found.value, report, values['dry-run'] === true);
        if (connection.ok) opened = found;
        else found.value.close();
        return connection;
      },
    }).catch(async (error: unknown) => {
      const failure = await around.failureOf(error);
      if (failure === null) throw error;
      return failure;
    });
    await live?.done();
    live = null;
    if (typeof exit === 'number') return exit;
    if (json) out.json({ failure: exit });
    else out.note(renderFailure(exit, out));
    return exitCodeOf(exit);
  } finally {
    await live?.done();
    closeIfOpen(opened);
  }
}

function closeIfOpen(opened: Result<Repo> | null): void {
  if (opened?.ok === true) opened.value.close();
}
