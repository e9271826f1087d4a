import type { Process } from '../scheduler.js';
import type { SimulatedMachine } from '../machine.js';
import { entryAt } from '../git/objects.js';
import { MAIN, OPS, type World } from '../world.js';
import type { Broken } from './places.js';
import { recordAt } from './runs.js';

/** Whose work it is, as the branch says that everybody shares. */
interface Holds {
  readonly order: string;
  readonly group: string;
}

/**
 * Orders of one concurrency group have no step run at the same time, as far as their runs are theirs still: a machine that is cut off goes on with what others have taken over, and cannot
 * know. What is tried when a run is over takes no part in its group.
 */
export class Groups {
  constructor(
    private readonly world: World,
    private readonly broken: Broken,
  ) {}

  /** A script begins. */
  began(process: Process, env: Readonly<Record<string, string>>): void {
    const run = env['PUSHPALS_RUN'] ?? '';
    const own = this.#holds(process.machine, run, env['PUSHPALS_ORDER'] ?? '');
    if (own === null) return;
    for (const machine of this.world.machines) {
      for (const job of machine.jobs) {
        const other = this.#holds(machine.name, job.run, job.order);
        if (other?.group === own.group && other.order !== own.order)
          this.broken(`a step of ${run} begins while one of ${job.run} runs, of the group ${own.group} as well`);
      }
    }
  }

  #holds(machine: SimulatedMachine['name'], run: string, order: string): Holds | null {
    const record = recordAt(this.world.tip(OPS).tree, `active/${order}.yml`);
    const group = this.#groupOf(record?.formula ?? '');
    if (record?.run === undefined || group === undefined || record.run.integration !== undefined) return null;
    return record.run.id === run && record.run.claimant.host === machine ? { order, group } : null;
  }

  #groupOf(formula: string): string | undefined {
    const file = entryAt(this.world.tip(MAIN).tree, `formulas/${formula}.yml`);
    if (file === null || !('blob' in file)) return undefined;
    return /^concurrency: \{ group: ([a-z-]+)/m.exec(Buffer.from(file.blob.bytes).toString('utf8'))?.[1];
  }
}
