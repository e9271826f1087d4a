import type { Instant } from '../core/ids.js';
import type { Failure, Result } from '../core/failure.js';
import type { Connection, Repo } from '../app/connection.js';
import type { Remembered } from '../app/ports/machine.js';
import type { Report } from '../app/ports/progress.js';
import type { Output } from './output.js';

export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** What the value is called in help; without it the option is a switch. */
  readonly value?: string;
  readonly multiple?: boolean;
  readonly about: string;
}

export interface ArgumentSpec {
  readonly name: string;
  readonly about: string;
  readonly optional?: boolean;
  readonly rest?: boolean;
}

/** What a command that goes on for long may ask of the process. */
export interface Signals {
  /**
   * Aborts on the second SIGINT or SIGTERM, which otherwise ends the process at once. A command that has asked answers the signals itself: it
   * ends with its own exit code.
   */
  readonly second: () => AbortSignal;
  /** The exit code that tells of the first signal: 130 or 143; 0 if there was none. */
  readonly code: () => number;
  /** Calls back on each SIGHUP; at a terminal, whose going away it means, it stops the command instead. */
  readonly onHangUp: (listener: () => void) => void;
}

/** What a command's body gets. */
export interface Invocation {
  readonly args: readonly string[];
  /** Every command there is, for help and completion. */
  readonly commands: readonly CommandSpec[];
  readonly flag: (name: string) => boolean;
  readonly option: (name: string) => string | undefined;
  readonly options: (name: string) => readonly string[];
  readonly out: Output;
  readonly cwd: string;
  /** Aborts on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  readonly signals: Signals;
  /** Tells a person, or whoever reads the output, what goes on. */
  readonly report: Report;
  readonly now: () => Instant;
  /** The IANA name of the time zone that the person lives by. */
  readonly timezone: () => string;
  readonly version: string;
  readonly nodeVersion: string;
  /** The git repository, with or without a project in it. */
  readonly repo: () => Promise<Result<Repo>>;
  /** What the last tick remembered, if all that it depends on still stands; null says nothing. */
  readonly idle: () => Promise<Remembered | null>;
  /** The project in the repository, with all that works on it. */
  readonly connect: () => Promise<Result<Connection>>;
  /** As `connect`, with nothing kept of what was opened before; that is the caller's to close. */
  readonly reopen: () => Promise<Result<Connection>>;
  readonly readStdin: () => Promise<Uint8Array>;
  /** Shows a long text in the person's pager; false where there is none to open, so that it has to be printed. */
  readonly page: (text: string) => Promise<boolean>;
  /** Asks the person at the terminal; false where there is nobody to ask. */
  readonly confirm: (question: string) => Promise<boolean>;
}

export type Exit = number | Failure;

/** One command as data: help, completion and the reference in the README come from here; the body is loaded when it runs. */
export interface CommandSpec {
  /** Its words, such as `order new`. */
  readonly name: string;
  readonly summary: string;
  readonly about?: string;
  readonly args?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  readonly examples: readonly string[];
  readonly load: () => Promise<{ readonly run: (invocation: Invocation) => Promise<Exit> }>;
}

/** Options that every command takes. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { name: 'repo', value: 'DIR', about: 'work on the repository at DIR instead of the one around the current folder' },
  { name: 'json', about: 'print the result as JSON' },
  { name: 'dry-run', about: 'say what would be done, and change nothing' },
  { name: 'help', short: 'h', about: 'show help' },
];
