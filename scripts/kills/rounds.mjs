import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { brokenAtEnd, brokenNow, places } from './invariants.mjs';
import { ENV, PROGRAM, dropOrders, makeProject } from './project.mjs';
import { numbers } from './schedule.mjs';

const ORDERS = 20;
/** Kills fall between the start of a tick and this many times what a tick with one order takes here. */
const LONGEST = 4;
/** More ticks than that for one batch, and something does not come to an end. */
const LAST_TICKS = 60;

/**
 * Rounds of ticks that are killed in the middle, and what is broken afterwards. Each round starts the runners side by side on one repository, lets them work
 * for a random while, and kills some of them; when all orders of a batch have ended, all that must hold is looked at, and another batch is dropped. What is random
 * is the seed's: the moments of a run can be had again, though not what the machine does in them.
 * @param {{ driver: import('./project.mjs').Driver, rounds: number, seed: number, runners?: number, orders?: number,
 *   untilMs?: number, log?: (line: string) => void }} options
 * @returns {Promise<{ rounds: number, kills: number, orders: number, problems: string[] }>}
 */
export async function killRounds({
  driver,
  rounds,
  seed,
  runners = 2,
  orders = ORDERS,
  untilMs = Infinity,
  log = () => undefined,
}) {
  const random = numbers(seed);
  const project = makeProject(driver);
  const began = performance.now();
  const longestMs = LONGEST * tickMs(project);
  const end = { rounds: 0, kills: 0, orders: 0, problems: /** @type {string[]} */ ([]) };
  try {
    for (let batch = 1; end.rounds < rounds && performance.now() - began < untilMs; batch += 1) {
      const names = dropOrders(project, batch, orders);
      end.orders += names.length;
      const open = () => names.filter((name) => !['done'].includes(places(project).get(name)?.[0] ?? ''));
      while (open().length > 0 && end.rounds < rounds && performance.now() - began < untilMs) {
        end.rounds += 1;
        end.kills += await killRound(project, runners, random, longestMs);
        const broken = brokenNow(project, names);
        log(
          `round ${end.rounds}: ${open().length} of ${names.length} open${broken.map((line) => `; ${line}`).join('')}`,
        );
        if (broken.length > 0) return { ...end, problems: broken };
        retryLost(project, names);
      }
      for (let tick = 0; open().length > 0; tick += 1) {
        if (tick === LAST_TICKS) return { ...end, problems: open().map((name) => `${name} does not end`) };
        const { code, text } = project.pushpals('tick');
        if (code === 70) return { ...end, problems: [`a tick ended with ${code}: ${text}`] };
        retryLost(project, names);
      }
      // The one after the last: nothing is left to do, so it only clears away.
      age(project);
      const last = project.pushpals('tick');
      const problems = [
        ...(last.code === 0 ? [] : [`the last tick ended with ${last.code}: ${last.text}`]),
        ...brokenAtEnd(project, names),
      ];
      log(`batch ${batch}: ${problems.length === 0 ? 'all holds' : problems.join('\n  ')}`);
      if (problems.length > 0) return { ...end, problems };
    }
    return end;
  } finally {
    if (process.env['PUSHPALS_KEEP'] === undefined) project.remove();
    else log(`kept: ${project.dir}`);
  }
}

/** Makes what git itself left half-written as old as it is a day later: git does not say whose it is. @param {import('./project.mjs').Project} project */
function age({ dir }) {
  const pack = join(dir, '.git/objects/pack');
  const then = new Date(Date.now() - 25 * 3_600_000);
  for (const name of readdirSync(pack)) if (name.startsWith('tmp_')) utimesSync(join(pack, name), then, then);
  rmSync(join(dir, '.pushpals/state.json'), { force: true });
}

/** What a tick takes on this machine, with all that it has to do. @param {import('./project.mjs').Project} project */
function tickMs(project) {
  dropOrders(project, 0, 1);
  const started = performance.now();
  project.pushpals('tick');
  return performance.now() - started;
}

/** Starts the runners, and kills at least one of them. How many it was. @param {import('./project.mjs').Project} project @param {number} count @param {() => number} random @param {number} longestMs */
async function killRound({ dirs }, count, random, longestMs) {
  const delays = Array.from({ length: count }, () => ({
    startMs: (random() * longestMs) / 8,
    killMs: random() * longestMs,
    dies: random() < 0.6,
  }));
  if (delays[0] !== undefined && delays.every(({ dies }) => !dies)) delays[0].dies = true;
  const ended = delays.map(async ({ startMs, killMs, dies }, index) => {
    await after(startMs);
    const child = spawn(process.execPath, [PROGRAM, 'tick'], {
      cwd: dirs[index % dirs.length],
      env: ENV,
      stdio: 'ignore',
    });
    const closed = once(child, 'close');
    if (dies) await Promise.race([after(killMs), closed]);
    // Who outlives the others ends before the round does, so that the next begins with dead runners only.
    else await Promise.race([after(longestMs), closed]);
    const killed = child.exitCode === null && child.kill('SIGKILL');
    await closed;
    return killed ? 1 : 0;
  });
  return (await Promise.all(ended)).reduce((/** @type {number} */ sum, one) => sum + one, 0);
}

/** An order whose runners were killed five times without any step ending has failed by that: its owner puts it back. @param {import('./project.mjs').Project} project @param {readonly string[]} names */
function retryLost(project, names) {
  const at = places(project);
  for (const name of names.filter((each) => at.get(each)?.[0] === 'failed')) {
    const shown = JSON.parse(project.pushpals('order', 'show', name, '--json').text);
    if (shown.ended?.failure?.class === 'runner-lost') project.pushpals('order', 'retry', name);
  }
}
