import { setTimeout as after } from 'node:timers/promises';
import { brokenAtEnd, look } from './invariants.mjs';
import { containers } from './left-behind.mjs';
import { age, dropOrders, ended, makeProject } from './project.mjs';
import { numbers } from './schedule.mjs';

const ORDERS = 20;
/** A runner lives as long as it takes to start, and then up to this many times what a tick with one order takes here. */
const SHORT = 1;
/** One in so many may come much further. */
const [LONG, ONE_IN] = [4, 8];
/** One runner in so many is a watch. */
const WATCH_IN = 4;
/** By how much lives get longer when an order was killed so often that it failed: the machine has more to do than when it was measured. */
const STRETCH = 1.3;
/** More ticks than that for one batch, and something does not come to an end. */
const LAST_TICKS = 60;
/** How often it is looked for what an engine makes late, and after how long. */
const [LAST_LOOKS, LATE_MS] = [4, 1_000];

/**
 * @typedef {{ driver: import('./project.mjs').Driver, rounds: number, seed: number, remote?: boolean, runners?: number, orders?: number,
 *   untilMs?: number, log?: (line: string) => void }} Options
 * @typedef {{ rounds: number, batches: number, orders: number, problems: string[], ms: { killing: number, finishing: number, looking: number } }} End
 */

/**
 * Rounds of runners that are killed at random moments, and what is broken afterwards. A round is the life of one runner that ends by SIGKILL: runners work side by
 * side on a batch of orders, each is started again as soon as it is dead, and after each death it is looked at whether any order is lost or in two states.
 * When a batch has ended, two ticks that nobody kills have to leave everything whole: all else that must hold is looked at, and another batch is dropped. What is random is the
 * seed's: the moments of a run can be had again, though not what the machine does in them. `untilMs` is when to begin no further round; `remote` has each runner on a clone of its own.
 * @param {Options} options @returns {Promise<End>}
 */
export async function killRounds({
  driver,
  rounds,
  seed,
  remote = false,
  runners = 2,
  orders = ORDERS,
  untilMs = Infinity,
  log = () => undefined,
}) {
  const began = performance.now();
  const project = await makeProject(driver, { remote });
  /** @type {End} */
  const end = { rounds: 0, batches: 0, orders: 0, problems: [], ms: { killing: 0, finishing: 0, looking: 0 } };
  const isOver = () => end.problems.length > 0 || end.rounds >= rounds || performance.now() - began >= untilMs;
  try {
    const randoms = Array.from({ length: runners }, (_, index) => numbers(seed + index));
    while (!isOver()) {
      const pace = await measure(project, end.batches);
      end.batches += 1;
      const names = dropOrders(project, `b${end.batches}`, orders);
      end.orders += names.length;
      await timed(end.ms, 'killing', () => killUntilDone(project, names, randoms, pace, end, isOver));
      if (end.problems.length === 0) await timed(end.ms, 'finishing', () => finish(project, names, end));
      if (end.problems.length === 0)
        await timed(end.ms, 'looking', async () => end.problems.push(...(await brokenAtEnd(project, names))));
      log(
        `batch ${end.batches}, ${end.rounds} rounds, ${seconds(performance.now() - began)}: ${end.problems.length === 0 ? 'all holds' : end.problems.join('\n  ')}`,
      );
    }
    return end;
  } finally {
    if (process.env['PUSHPALS_KEEP'] === undefined) project.remove();
    else log(`kept: ${project.folder}`);
  }
}

/** @param {number} ms */
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** @param {End['ms']} spent @param {keyof End['ms']} on @param {() => Promise<unknown>} work */
async function timed(spent, on, work) {
  const started = performance.now();
  await work();
  spent[on] += performance.now() - started;
}

/**
 * What a tick takes here and now that finds nothing to do, and one with an order, in ms.
 * @typedef {{ idleMs: number, orderMs: number }} Pace
 * @param {import('./project.mjs').Project} project @param {number} batch @returns {Promise<Pace>}
 */
async function measure(project, batch) {
  dropOrders(project, `pace${batch}`, 1);
  const [on] = project.machines;
  const started = performance.now();
  const first = await on?.pushpals('tick');
  if (first?.code !== 0) throw new Error(`a tick with one order ended with ${first?.code}: ${first?.text}`);
  const between = performance.now();
  await on?.pushpals('tick');
  return { orderMs: between - started, idleMs: performance.now() - between };
}

/** How long a runner lives, in ms. @param {Pace} pace @param {() => number} random */
const lifetime = ({ idleMs, orderMs }, random) => idleMs + random() * orderMs * (random() < 1 / ONE_IN ? LONG : SHORT);

/**
 * Starts a runner for each of `randoms`, kills it when its time has come, and starts the next, until all orders have ended or it is over.
 * @param {import('./project.mjs').Project} project @param {readonly string[]} names @param {readonly (() => number)[]} randoms @param {Pace} pace @param {End} end
 * @param {() => boolean} isOver
 */
async function killUntilDone(project, names, randoms, pace, end, isOver) {
  let isDone = false;
  const { machines } = project;
  await Promise.all(
    randoms.map(async (random, index) => {
      const on = machines[index % machines.length];
      while (on !== undefined && !isDone && !isOver()) {
        const command = random() < 1 / WATCH_IN ? 'watch' : 'tick';
        const child = on.start(command);
        const closed = ended(child);
        await Promise.race([after(lifetime(pace, random)), closed]);
        // The answer is whether there was still somebody to be killed; it may end by itself all the same.
        const isKilled = !isOver() && child.exitCode === null && child.kill('SIGKILL');
        if (isKilled) end.rounds += 1;
        else if (command === 'watch') child.kill('SIGTERM');
        const { code, text } = await closed;
        if (isKilled && child.signalCode === null) end.rounds -= 1;
        if (code === 70) end.problems.push(`a ${command} ended with 70: ${text}`);
        const { problems, open, retried } = await lookAndRetry(project, names);
        end.problems.push(...problems);
        isDone = open.length === 0;
        if (retried > 0) pace.orderMs *= STRETCH;
      }
    }),
  );
}

/** Ticks that nobody kills, until all orders have ended and nothing is left to clear away. @param {import('./project.mjs').Project} project @param {readonly string[]} names @param {End} end */
async function finish(project, names, end) {
  for (let tick = 0; ; tick += 1) {
    const { problems, open } = await lookAndRetry(project, names);
    end.problems.push(...problems);
    if (problems.length > 0) return;
    if (open.length === 0) break;
    if (tick === LAST_TICKS) {
      end.problems.push(...open.map((name) => `${name} does not end`));
      return;
    }
    for (const { code, text } of await Promise.all(project.machines.map(({ pushpals }) => pushpals('tick'))))
      if (code === 70) end.problems.push(`a tick ended with 70: ${text}`);
  }
  // Nothing is left to do, so these only clear away, and tell the other machine. An engine may be late with what it was asked for by the dead.
  for (let looks = 1; ; looks += 1) {
    for (const on of [...project.machines, ...project.machines.slice(0, -1)]) {
      age(on);
      const { code, text } = await on.pushpals('tick');
      if (code !== 0) end.problems.push(`the last tick ended with ${code}: ${text}`);
    }
    if (project.driver !== 'docker' || looks === LAST_LOOKS || containers(project.folder).length === 0) return;
    await after(LATE_MS);
  }
}

/**
 * An order whose runners were killed five times without any step ending has failed by that: its owner puts it back.
 * @param {import('./project.mjs').Project} project @param {readonly string[]} names
 */
async function lookAndRetry(project, names) {
  const found = look(project, names);
  const [on] = project.machines;
  let retried = 0;
  for (const name of found.failed) {
    const shown = JSON.parse((await on?.pushpals('order', 'show', name, '--json'))?.text ?? '{}');
    if (shown.ended?.failure?.class === 'runner-lost') {
      await on?.pushpals('order', 'retry', name);
      retried += 1;
    } else if (shown.ended !== undefined) found.problems.push(`${name} failed: ${JSON.stringify(shown.ended)}`);
  }
  return { ...found, retried };
}
