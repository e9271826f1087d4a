import type { Claimant, OrderRecord, StepStatus } from '../../../runner/generated/types.js';
import { rememberingFormats } from '../formats.js';
import type { Difference } from '../git/changes.js';
import { entryAt, type Tree } from '../git/objects.js';
import type { Process } from '../scheduler.js';
import type { Broken } from './places.js';

const ACTIVE = /^active\/([a-z0-9-]+)\.yml$/;

export function recordAt(tree: Tree, path: string): OrderRecord | null {
  const entry = entryAt(tree, path);
  if (entry === null || !('blob' in entry)) return null;
  const read = rememberingFormats.record(path, entry.blob.bytes);
  return read.ok ? read.value : null;
}

/** Runs, by what the ops branch says of them: what was done is not done again, and every run that ends leaves evidence. */
export class Runs {
  /** The last record of each active order. */
  readonly #active = new Map<string, OrderRecord>();

  constructor(
    private readonly broken: Broken,
    private readonly isAlive: (claimant: Claimant) => boolean,
  ) {}

  commit(changes: readonly Difference[], tree: Tree, subject: string): void {
    for (const { path, after } of changes) {
      const id = ACTIVE.exec(path)?.[1];
      if (id === undefined) continue;
      const before = this.#active.get(id);
      const now = after === null ? null : recordAt(tree, path);
      if (now === null) this.#active.delete(id);
      else this.#active.set(id, now);
      if (before?.run !== undefined && now?.run !== undefined && before.run.id === now.run.id)
        this.#sameRun(before.run, now.run);
      if (before?.run !== undefined && now === null) this.#left(before, tree, subject);
    }
  }

  #sameRun(before: NonNullable<OrderRecord['run']>, now: NonNullable<OrderRecord['run']>): void {
    const [had, has] = [before.claimant, now.claimant];
    // Another machine can see no more than that a lease ran out.
    if (had.boot === has.boot && had.pid !== has.pid && this.isAlive(had))
      this.broken(`${String(has.pid)} takes ${now.id} over from ${String(had.pid)}, which is at work on it`);
    if (before.base !== now.base) return;
    for (const [key, was] of Object.entries(before.steps)) {
      const is = now.steps[key];
      if (was.state !== 'succeeded' || is?.state === 'succeeded') continue;
      this.broken(`step ${key} of ${now.id} had succeeded, and is ${is?.state ?? 'gone'} now`);
    }
  }

  /** An order that leaves `active/` by its run's end has evidence, in the very same commit. */
  #left({ id, run }: OrderRecord, tree: Tree, subject: string): void {
    if (run === undefined || !/→ (done|failed|waiting)/.test(subject)) return;
    const folder = `evidence/${run.claimedAt.slice(0, 10).replaceAll('-', '/')}/${run.id}`;
    for (const file of ['run.json', 'report.md'])
      if (entryAt(tree, `${folder}/${file}`) === null) this.broken(`run ${run.id} of ${id} ended without ${file}`);
  }

  /** A script begins: its run is claimed, its start is written down, and no other process has the claim. */
  began(process: Process, env: Readonly<Record<string, string>>): void {
    const [run = '', step = ''] = [env['PUSHPALS_RUN'], env['PUSHPALS_STEP']];
    const record = this.#active.get(env['PUSHPALS_ORDER'] ?? '');
    // It was cancelled just now; who runs it will find out.
    if (record?.run?.id !== run) return;
    const { claimant, steps } = record.run;
    const status: StepStatus | undefined = steps[step];
    if (claimant.pid !== process.pid)
      this.broken(`${process.name} (${String(process.pid)}) runs ${step} of ${run}, which ${String(claimant.pid)} has`);
    // What a result is merged with is checked when its run is over.
    else if (record.run.integration === undefined && status?.state !== 'running' && !isForFiles(steps, status))
      this.broken(`${step} of ${run} runs, and the ops branch says ${status?.state ?? 'nothing'} of it`);
  }
}

/** Whether a step that has ended may run once more: for the files beside its snapshot, which one that runs goes on with. */
const isForFiles = (steps: Readonly<Record<string, StepStatus>>, status: StepStatus | undefined): boolean =>
  status?.state === 'succeeded' &&
  status.leftIgnored === true &&
  Object.values(steps).some(({ state }) => state === 'running');
