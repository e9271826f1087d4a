import { test } from 'uvu';
import { clockContract } from '../contracts/clock.js';
import { gitContract } from '../contracts/git.js';
import { atOnce } from './carry.js';
import { Objects } from './git/objects.js';
import { SimulatedOpsStore } from './git/ops-store.js';
import { SimulatedRepository } from './git/repository.js';
import { Store } from './git/store.js';
import { SimulatedMachine, simulatedClock } from './machine.js';
import { PeoplesTree } from './peoples-tree.js';
import { Random } from './random.js';
import { Scheduler } from './scheduler.js';

gitContract(
  'simulated git',
  (run) => {
    const store = new Store(new Objects());
    return run({
      repository: new SimulatedRepository(store, atOnce),
      ops: new SimulatedOpsStore(store, 'ops', new PeoplesTree(), atOnce),
    });
  },
  test,
);

clockContract(
  'simulated clock',
  async (run) => {
    const scheduler = new Scheduler(
      0,
      new Random(1),
      () => ({}),
      () => undefined,
    );
    const process = scheduler.start('one', 'machine', () => new Promise(() => undefined));
    const clock = simulatedClock(scheduler, new SimulatedMachine('machine', 'boot', new Store(new Objects())), process);
    await run(clock, async (promise) => {
      let settled = false;
      const after = promise.finally(() => {
        settled = true;
      });
      await scheduler.run(Infinity, () => settled);
      return after;
    });
  },
  test,
);

test.run();
