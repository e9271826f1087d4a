import type { Tools } from '../../runner/app/tools.js';
import { SimulatedFault } from './carry.js';
import { isSettled, wrongAtEnd } from './oracle/end.js';
import { Oracle } from './oracle/oracle.js';
import { Workload } from './workload.js';
import { World } from './world.js';

export interface Outcome {
  readonly seed: number;
  /** Null: everything held. */
  readonly problem: string | null;
  /** Of all that happened, in its order. */
  readonly digest: string;
  readonly steps: number;
  readonly simulatedMs: number;
}

const MINUTE = 60_000;
/** A simulation takes some thousands. */
const MOST_STEPS = 120_000;
/** How long everything may take to end once nothing goes wrong any more and people answer. */
const PATIENCE_MS = 3 * 24 * 60 * MINUTE;

/**
 * One simulation, from its seed alone. `trace` is told of each thing that takes place. `broken` breaks a port, to see that it is found out.
 */
export async function simulate(
  seed: number,
  trace: (line: string) => void = () => undefined,
  broken: (tools: Tools) => Tools = (tools) => tools,
): Promise<Outcome> {
  const world = new World(seed, trace, broken);
  const runners = world.random.int(1, 8);
  const workload = new Workload(world);
  const oracle = new Oracle(world, workload.verify);
  const unhandled = (error: unknown): void => {
    // What comes after its end nobody hears.
    if (error instanceof SimulatedFault && error.process?.alive === false) return;
    oracle.found(`nobody handled ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };
  process.on('unhandledRejection', unhandled);
  try {
    workload.prepare();
    const machines = Array.from({ length: world.isShared ? world.random.int(2, 3) : 1 }, (_, index) =>
      world.addMachine(`machine${String(index + 1)}`),
    );
    world.watch(oracle);
    workload.plan();
    const { scheduler } = world;
    const quietAt = scheduler.nowMs + workload.chaosMs;
    const every = world.random.int(1, 5) * MINUTE;
    for (let runner = 1; runner <= runners; runner += 1) {
      const machine = machines[runner % machines.length] ?? world.random.pick(machines);
      const wake = (): void => {
        world.startTick(machine, `runner${String(runner)}`);
        // Some wake-ups come twice.
        if (world.random.chance(0.05)) world.startTick(machine, `runner${String(runner)}b`);
        if (scheduler.nowMs < quietAt) scheduler.after(null, every + world.random.int(0, 10_000), wake);
      };
      scheduler.after(null, world.random.int(0, every), wake);
    }
    const isOver = (): boolean => {
      if (scheduler.steps > MOST_STEPS) oracle.found(`it goes on without end: ${String(scheduler.steps)} calls`);
      return oracle.problem !== null;
    };
    await scheduler.run(quietAt, isOver);
    world.faults.isOver = true;
    workload.quiet();
    const endMs = quietAt + PATIENCE_MS;
    const isLeft = (): boolean => oracle.problem === null && scheduler.nowMs < endMs && !isSettled(world);
    let round = 0;
    do {
      for (; isLeft(); round += 1) {
        if (round % 3 === 0) workload.tend();
        for (const machine of machines) world.startTick(machine, `runner on ${machine.name}`);
        await scheduler.run(scheduler.nowMs + (round < 60 ? 2 : 30) * MINUTE, isOver);
      }
      // What is taken down after a run may take a moment longer. A tick that is under way may still have a trigger make an order meanwhile.
      if (oracle.problem === null) await scheduler.run(scheduler.nowMs + 10 * MINUTE);
    } while (isLeft());
    const wrong = oracle.problem === null ? await wrongAtEnd(world, workload) : null;
    if (wrong !== null) oracle.found(wrong);
    const { digest, steps, nowMs } = scheduler;
    return { seed, problem: oracle.problem, digest, steps, simulatedMs: nowMs - quietAt + workload.chaosMs };
  } finally {
    process.off('unhandledRejection', unhandled);
  }
}
