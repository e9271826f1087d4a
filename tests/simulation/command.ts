/** `npm run simulate`: many seeds, or one with all that happens in it. */
import { parseArgs } from 'node:util';
import { simulate } from './simulate.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
  },
});

const [first, last] =
  values.seed === undefined
    ? [Number(values.from), Number(values.from) + Number(values.seeds) - 1]
    : [Number(values.seed), Number(values.seed)];
const started = performance.now();
let [steps, simulatedMs, failed] = [0, 0, 0];
for (let seed = first; seed <= last; seed += 1) {
  const lines: string[] = [];
  const outcome = await simulate(
    seed,
    values.trace
      ? (line) => {
          lines.push(line);
        }
      : undefined,
  );
  steps += outcome.steps;
  simulatedMs += outcome.simulatedMs;
  if (values.trace) console.log(lines.join('\n'));
  if (values.seed !== undefined) console.log(`seed ${String(seed)}: ${outcome.digest}`);
  if (outcome.problem === null) continue;
  failed += 1;
  console.log(`seed ${String(seed)} FAILED: ${outcome.problem}`);
  console.log(`  npm run simulate -- --seed ${String(seed)} --trace`);
}
const seconds = (performance.now() - started) / 1000;
const count = last - first + 1;
console.log(
  `${String(count)} seeds, ${String(failed)} failed; ${(count / seconds).toFixed(1)} seeds a second, ${String(steps)} calls, ${(simulatedMs / 3_600_000).toFixed(0)} hours simulated`,
);
process.exitCode = failed === 0 ? 0 : 1;
