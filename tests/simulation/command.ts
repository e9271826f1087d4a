/** `npm run simulate`: many seeds on every processor, or one with all that happens in it. */
import { fork } from 'node:child_process';
import { setMaxListeners } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { simulate, type Outcome } from './simulate.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
  },
});

/** So many at a time go to a processor. */
const BATCH = 10;
/** Runners that were killed wait for ever, and V8 holds what waits for a signal: that goes with their process, after so many batches. */
const BATCHES = 20;
/** How far it has come is told after so many. */
const EVERY = 1000;

// Whatever waits on a simulated machine waits for its one signal.
setMaxListeners(0);
if (process.send !== undefined) serve();
else if (values.seed !== undefined) await replay(Number(values.seed), values.trace);
else await many(whole('from', values.from), whole('seeds', values.seeds));

function whole(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new RangeError(`--${name} is ${text}, and not a number from 1`);
  return number;
}

/** Answers each batch of seeds with what came of it. */
function serve(): void {
  process.on('message', (seeds: readonly number[]) => {
    void (async () => {
      const outcomes: Outcome[] = [];
      for (const seed of seeds) outcomes.push(await simulate(seed));
      process.send?.(outcomes);
    })();
  });
}

async function replay(seed: number, isTraced: boolean): Promise<void> {
  const outcome = await simulate(seed, (line) => {
    if (isTraced) console.log(line);
  });
  console.log(`seed ${String(seed)}: ${outcome.digest}`);
  report([outcome]);
  process.exitCode = outcome.problem === null ? 0 : 1;
}

async function many(from: number, count: number): Promise<void> {
  const started = performance.now();
  let next = from;
  const batch = (): number[] => {
    const seeds = Array.from({ length: Math.min(BATCH, from + count - next) }, (_, index) => next + index);
    next += seeds.length;
    return seeds;
  };
  const outcomes: Outcome[] = [];
  const oneProcess = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = fork(fileURLToPath(import.meta.url), { execArgv: ['--enable-source-maps'] });
      let handed = 0;
      const hand = (): void => {
        const seeds = handed < BATCHES ? batch() : [];
        handed += 1;
        if (seeds.length > 0) child.send(seeds);
        else child.disconnect();
      };
      child.on('message', (done: readonly Outcome[]) => {
        outcomes.push(...done);
        report(done);
        if (outcomes.length % EVERY === 0) console.log(`${String(outcomes.length)} of ${String(count)}`);
        hand();
      });
      child.on('error', reject);
      child.on('exit', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`a simulation ended with ${String(code)}`));
      });
      hand();
    });
  const work = async (): Promise<void> => {
    while (next < from + count) await oneProcess();
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), Math.ceil(count / BATCH)) }, work));
  const seconds = (performance.now() - started) / 1000;
  const sum = (of: (outcome: Outcome) => number): number => outcomes.reduce((total, each) => total + of(each), 0);
  const failed = outcomes.filter(({ problem }) => problem !== null).length;
  const hours = sum(({ simulatedMs }) => simulatedMs) / 3_600_000;
  console.log(
    `${String(outcomes.length)} seeds, ${String(failed)} failed; ${(outcomes.length / seconds).toFixed(1)} seeds a second, ${String(sum(({ steps }) => steps))} calls, ${hours.toFixed(0)} hours simulated`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
}

function report(outcomes: readonly Outcome[]): void {
  for (const { seed, problem } of outcomes) {
    if (problem === null) continue;
    console.log(`seed ${String(seed)} FAILED: ${problem}`);
    console.log(`  npm run simulate -- --seed ${String(seed)} --trace`);
  }
}
