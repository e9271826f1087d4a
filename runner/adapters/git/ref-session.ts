import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { ok, type Result } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import type { GitPlaces } from './places.js';
import { isRefName, moveRef, refCommand } from './refs.js';

interface Session {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  text: string;
  ended: boolean;
  wake: () => void;
}

/**
 * Moves refs through one long-lived `git update-ref --stdin`, a transaction a move. It ends by itself when this process does, and keeps
 * nobody alive. What it cannot do it leaves to `moveRef`, which finds out why.
 */
export class RefSession {
  #session: Session | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly places: GitPlaces) {}

  /** As `moveRef`. */
  move(ref: string, from: CommitId | null, to: CommitId | null): Promise<Result<boolean>> {
    const work = this.#turn.then(() => this.#move(ref, from, to));
    this.#turn = work.catch(() => undefined);
    return work;
  }

  /** Ends the process; another one is started when it is needed again. */
  close(): void {
    this.#session?.child.stdin.end();
    this.#session = null;
  }

  async #move(ref: string, from: CommitId | null, to: CommitId | null): Promise<Result<boolean>> {
    if (!isRefName(ref)) return moveRef(this.places, ref, from, to);
    const session = (this.#session ??= this.#start());
    const { child } = session;
    // Pipes are sockets, though their types do not say so.
    const parts = [child, child.stdin, child.stdout] as unknown as readonly { ref(): void; unref(): void }[];
    for (const part of parts) part.ref();
    session.text = '';
    child.stdin.write(`start\0${refCommand(this.places, ref, from, to)}prepare\0commit\0`);
    while (!session.ended && !session.text.endsWith('commit: ok\n')) {
      await new Promise<void>((resolve) => {
        session.wake = resolve;
      });
    }
    for (const part of parts) part.unref();
    return session.ended ? moveRef(this.places, ref, from, to) : ok(true);
  }

  #start(): Session {
    const child = spawn(this.places.git, [...this.places.config, 'update-ref', '-z', '--stdin'], {
      cwd: this.places.runnerDir,
      env: this.places.projectEnv,
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const session: Session = { child, text: '', ended: false, wake: () => undefined };
    const end = (): void => {
      session.ended = true;
      if (this.#session === session) this.#session = null;
      session.wake();
    };
    child.stdout.on('data', (chunk: Buffer) => {
      session.text += chunk.toString('utf8');
      session.wake();
    });
    child.on('error', end);
    child.on('close', end);
    // Its end is told by `close`; a write after that is not news.
    child.stdin.on('error', () => undefined);
    return session;
  }
}
