/** What a run keeps on this machine while it lasts: inputs, outputs, logs. */
import type { Usage } from '../../generated/types.js';
import type { RunId, StepKey } from '../../core/ids.js';
import type { Result } from '../../core/failure.js';
import type { Owner } from './workspaces.js';

/** What a step left in its output folder, read safely. */
export interface CollectedOutputs {
  /** The parsed `outputs.json`, or undefined if there is none. */
  readonly outputs: unknown;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** What was left out, and why. */
  readonly notes: readonly string[];
}

/** A file that a sandbox finds in its input folder. */
export interface InputFile {
  /** Relative, of plain names. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Machine-local files of a run: input, output and log folders under `.pushpals/runs/<run>/`, and what is kept for whoever takes it over. */
export interface RunFiles {
  /** Makes the in and out folders of a sandbox, empty, and writes `order.json` and the files that are given. */
  prepare(
    run: RunId,
    key: string,
    input: unknown,
    owner: Owner,
    files?: readonly InputFile[],
  ): Promise<{ readonly inDir: string; readonly outDir: string }>;
  /** Makes the empty output folder of a step inside the sandbox's out folder; returns its name. */
  stepOut(outDir: string, step: StepKey, owner: Owner): Promise<string>;
  /** Reads a step's output folder; fails with `output-invalid` or `scope-violation` on links, special files and bounds. */
  collect(outDir: string, step: StepKey): Promise<Result<CollectedOutputs>>;
  /** The live log of a step. */
  log(run: RunId, step: StepKey): StepLog;
  /** A file of lines that can be followed while a step runs, up to a bound: what an agent is told and does. */
  transcript(run: RunId, step: StepKey): LiveLines;
  /**
   * What the live logs of a run of this machine hold beyond the bytes that were read before, by step, in the order in which the steps
   * began. Empty where there is nothing new.
   */
  liveLogs(
    run: RunId,
    read: ReadonlyMap<string, number>,
  ): Promise<readonly { readonly step: string; readonly bytes: Uint8Array }[]>;
  /** The same of what agents are told and do there, as NDJSON. */
  liveTranscripts(
    run: RunId,
    read: ReadonlyMap<string, number>,
  ): Promise<readonly { readonly step: string; readonly bytes: Uint8Array }[]>;
  /** Writes down what a run's order has used so far, so that not even a runner that is killed forgets it. */
  keepSpent(run: RunId, spent: Usage): void;
  /** What was kept last; null if nothing was, such as on another machine. */
  keptSpent(run: RunId): Usage | null;
  /** Removes what was kept of runs that nobody knows any more. It lists first and asks after. */
  sweep(known: () => Promise<ReadonlySet<RunId>>): Promise<void>;
  /** Removes the folders of a run. What is kept of it stays: who goes on with its order needs that. */
  remove(run: RunId): Promise<void>;
  /** Removes what was kept of a run that nobody goes on with. */
  forget(run: RunId): Promise<void>;
}

/** Lines that are there for whoever looks as soon as they are written. */
export interface LiveLines {
  /** Whole lines that a runner which died left there, the last ones where they are many; empty from the second time on that this process opens it. */
  readonly before: string;
  /** `line` with its line break. */
  write(line: string): void;
  end(): void;
}

/** Keeps the head and the tail of a step's output, names what it cut, and shows it live in a local file. */
export interface StepLog {
  write(chunk: Uint8Array): void;
  /** Ends the log and returns what is kept. `tail` is at most the last 20 lines. */
  end(): Promise<{ readonly text: string; readonly tail: string; readonly bytes: number }>;
}
