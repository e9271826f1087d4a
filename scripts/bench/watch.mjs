import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { ENV, PROGRAM } from './measure.mjs';

const DEADLINE_MS = 15 * 60_000;
/** Nothing that was begun takes this long to be seen. */
const QUIET_MS = 500;

/** @param {() => boolean} holds */
export async function until(holds) {
  for (const deadline = performance.now() + DEADLINE_MS; performance.now() < deadline; await after(1))
    if (holds()) return;
  throw new Error('the watch did not come to this');
}

/** A watch in a process of its own that, asked by a signal, collects its garbage and says what it holds. @param {string} dir @param {...string} args */
export async function startWatch(dir, ...args) {
  const file = join(dir, '.git', 'held');
  const hold = `process.on('SIGUSR2',()=>{gc();gc();writeFileSync(${JSON.stringify(file)},String(process.memoryUsage().rss))})`;
  const preload = `data:text/javascript,import{writeFileSync}from'node:fs';${hold}`;
  const [node = '', ...program] = PROGRAM;
  const child = spawn(node, ['--expose-gc', '--import', preload, ...program, 'watch', ...args], {
    cwd: dir,
    env: ENV,
    stdio: 'ignore',
  });
  const mark = join(dir, '.pushpals', 'watches', `${child.pid}.json`);
  const ticks = () => (existsSync(mark) ? Number(JSON.parse(readFileSync(mark, 'utf8')).ticks) : 0);
  await until(() => ticks() > 0);
  return {
    ticks,
    /** Waits until it has nothing left to look at. */
    isQuiet: async () => {
      for (let seen = -1; seen !== ticks(); await after(QUIET_MS)) seen = ticks();
    },
    megabytes: async () => {
      rmSync(file, { force: true });
      child.kill('SIGUSR2');
      await until(() => existsSync(file) && readFileSync(file, 'utf8') !== '');
      return Number(readFileSync(file, 'utf8')) / 1024 ** 2;
    },
    end: async () => {
      child.kill('SIGTERM');
      await once(child, 'close');
    },
  };
}
