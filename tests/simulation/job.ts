/** What runs in a sandbox: a script of a small language of its own, since there is no shell here to run a real one. */
import type { ExecEnd } from '../../runner/app/ports/sandbox.js';
import { durationMs } from '../../runner/core/ids.js';
import type { Folder } from './machine.js';
import type { Random } from './random.js';
import type { Scheduler } from './scheduler.js';

/** Files below it are what git ignores: no snapshot holds them. */
export const IGNORED = 'ignored/';

/**
 * Lines: `take 5s`, `write PATH TEXT`, `add PATH TEXT`, `remove PATH`, `join PATH` (both sides of its conflicts, without the markers), `need PATH`, `output JSON`, `say TEXT`, `fail N`, `flaky PERCENT`,
 * `first PATH` (fails unless the file of the world is there, and makes it)`hang`. `$NAME` is a variable of the environment.
 */
export interface JobSpec {
  readonly run: string;
  readonly step: string;
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: Folder;
  readonly output: (value: unknown) => void;
  readonly print: (text: string) => void;
}

/** A script that runs on a machine. It goes on when the process that started it dies, until somebody ends it. */
export class Job {
  readonly run: string;
  readonly step: string;
  readonly order: string;
  #over = false;

  constructor(
    private readonly spec: JobSpec,
    scheduler: Scheduler,
    private readonly random: Random,
    private readonly ended: (end: ExecEnd) => void,
  ) {
    this.run = spec.run;
    this.step = spec.step;
    this.order = spec.env['PUSHPALS_ORDER'] ?? '';
    const startedMs = scheduler.nowMs;
    const lines = spec.script.split('\n').filter((line) => line.trim() !== '');
    const next = (index: number): void => {
      if (this.#over) return;
      const line = lines[index];
      const exitCode = line === undefined ? 0 : this.#do(line.trim());
      if (typeof exitCode === 'number') this.#end({ exitCode, durationMs: scheduler.nowMs - startedMs });
      else
        scheduler.after(null, exitCode.afterMs, () => {
          next(index + 1);
        });
    };
    scheduler.after(null, random.int(0, 20), () => {
      next(0);
    });
  }

  /** Ends it from outside. */
  stop(why: 'timedOut' | 'cancelled' | 'swept'): void {
    if (why === 'timedOut') this.#end({ exitCode: null, timedOut: true });
    else this.#end({ exitCode: null, cancelled: true });
  }

  #end(end: Partial<ExecEnd> & Pick<ExecEnd, 'exitCode'>): void {
    if (this.#over) return;
    this.#over = true;
    this.ended({ timedOut: false, cancelled: false, exceeded: null, durationMs: 0, ...end });
  }

  /** The exit code where the line ends the script, else how long it takes. */
  #do(line: string): number | { readonly afterMs: number } {
    const { env, folder, output, print } = this.spec;
    const filled = line.replace(/\$([A-Z_0-9]+)/g, (_, name: string) => env[name] ?? '');
    const [command = '', first = ''] = filled.split(' ');
    const rest = filled.slice(command.length + 1);
    const text = rest.slice(first.length + 1);
    const done = { afterMs: this.random.int(1, 50) };
    switch (command) {
      case 'take':
        return { afterMs: durationMs(first) };
      case 'hang':
        return { afterMs: 30 * 86_400_000 };
      case 'say':
        print(`${rest}\n`);
        return done;
      case 'write':
        folder.set(first, `${text}\n`);
        return done;
      case 'add':
        folder.set(first, `${folder.get(first) ?? ''}${text}\n`);
        return done;
      case 'remove':
        folder.delete(first);
        return done;
      case 'join':
        folder.set(first, (folder.get(first) ?? '').replace(/^(?:<{7}|={7}|>{7}).*\n/gm, ''));
        return done;
      case 'need':
        return folder.has(first) ? done : 7;
      case 'output':
        output(JSON.parse(rest));
        return done;
      case 'fail':
        return Number(first);
      case 'flaky':
        return this.random.chance(Number(first) / 100) ? 1 : done;
      default:
        throw new Error(`no command of the simulated sandbox: ${line}`);
    }
  }
}
