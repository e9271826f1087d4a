import { ok, type Result } from '../../runner/core/failure.js';
import type { RunId, StepKey } from '../../runner/core/ids.js';
import type { Usage } from '../../runner/generated/types.js';
import type { CollectedOutputs, LiveLines, RunFiles, StepLog } from '../../runner/app/ports/run-files.js';
import { throwing, type Carry } from './carry.js';
import type { SimulatedMachine } from './machine.js';

/** What runs keep on a simulated machine. */
export class SimulatedRunFiles implements RunFiles {
  constructor(
    private readonly machine: SimulatedMachine,
    private readonly carry: Carry,
  ) {}

  prepare(run: RunId, key: string): Promise<{ inDir: string; outDir: string }> {
    return this.carry({
      what: 'runFiles.prepare',
      about: `${run} ${key}`,
      effect: () => ({ inDir: `/io/${run}/${key}/in`, outDir: `/io/${run}/${key}/out` }),
      failing: throwing('making the folders of a sandbox'),
    });
  }

  stepOut(outDir: string, step: StepKey): Promise<string> {
    return this.carry({
      what: 'runFiles.stepOut',
      about: step,
      effect: () => {
        this.machine.outputs.delete(`${outDir}/${step}`);
        return step;
      },
      failing: throwing('making the output folder of a step'),
    });
  }

  collect(outDir: string, step: StepKey): Promise<Result<CollectedOutputs>> {
    return this.carry({
      what: 'runFiles.collect',
      about: step,
      effect: () => ok({ outputs: this.machine.outputs.get(`${outDir}/${step}`), files: [], notes: [] }),
    });
  }

  log(): StepLog {
    let text = '';
    return {
      write: (chunk) => {
        text += Buffer.from(chunk).toString('utf8');
      },
      end: () =>
        this.carry({
          what: 'runFiles.log',
          effect: () => ({ text, tail: text.split('\n').slice(-20).join('\n'), bytes: text.length }),
        }),
    };
  }

  transcript(): LiveLines {
    return { before: '', write: () => undefined, end: () => undefined };
  }

  liveTranscripts(): Promise<readonly []> {
    return Promise.resolve([]);
  }

  liveLogs(): Promise<readonly []> {
    return Promise.resolve([]);
  }

  keepSpent(run: RunId, spent: Usage): void {
    this.machine.spent.set(run, spent);
  }

  keptSpent(run: RunId): Usage | null {
    return this.machine.spent.get(run) ?? null;
  }

  async sweep(known: () => Promise<ReadonlySet<RunId>>): Promise<void> {
    const found = [...this.machine.spent.keys()];
    if (found.length === 0) return;
    const runs = await known();
    for (const run of found) if (!runs.has(run as RunId)) this.machine.spent.delete(run);
  }

  remove(run: RunId): Promise<void> {
    return this.carry({
      what: 'runFiles.remove',
      about: run,
      effect: () => {
        for (const place of [...this.machine.outputs.keys()])
          if (place.startsWith(`/io/${run}/`)) this.machine.outputs.delete(place);
      },
      failing: throwing('removing the folder of a run'),
    });
  }

  forget(run: RunId): Promise<void> {
    return this.carry({
      what: 'runFiles.forget',
      about: run,
      effect: () => {
        this.machine.spent.delete(run);
      },
      failing: throwing('removing what was kept of a run'),
    });
  }
}
