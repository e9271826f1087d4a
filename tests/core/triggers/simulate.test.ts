import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Usage } from '../../../runner/generated/types.js';
import { cron } from '../../../runner/adapters/cron.js';
import { simulationScreen } from '../../../runner/cli/screens/simulation.js';
import { typicalRun } from '../../../runner/core/past-runs.js';
import { MOST_SIMULATED, simulate, type Simulation } from '../../../runner/core/triggers/simulate.js';
import type { Trigger } from '../../../runner/core/triggers/trigger.js';
import { at, sha256 } from './rig.js';

const NOTHING = { ms: 0, tokens: 0, costUsd: 0 };
const used = (times: number): Usage => ({
  turns: times,
  inputTokens: 900 * times,
  outputTokens: 100 * times,
  costUsd: 0.005 * times,
});
const order = { formula: 'f' };
const of = (triggers: readonly Trigger[], until = '2026-10-26T12:00Z'): Simulation =>
  simulate({
    project: { version: 1, project: 'shop', triggers: [...triggers] },
    from: at('2026-10-24T12:00Z'),
    until: at(until),
    schedule: (trigger) => (trigger.cron === undefined ? null : cron.schedule(trigger.cron, trigger.timezone ?? 'UTC')),
    suspended: (id) => id === 'off',
    typical: (formula) =>
      typicalRun(formula === 'f' ? [1, 3, 2].map((times) => ({ tookMs: 45_000 * times, used: used(times) })) : []),
    sha256,
  });

test('every instant of the span, and what they come to', () => {
  const simulation = of([
    { id: 'night', cron: '30 2 * * *', timezone: 'Europe/Berlin', order },
    { id: 'off', cron: '30 2 * * *', order },
    { id: 'hourly', cron: '@hourly', timezone: 'Europe/Berlin', order: { formula: 'g' } },
    { id: 'moved', branch: 'main', order },
    { id: 'leap', cron: '0 0 29 2 *', order },
  ]);
  assert.equal(simulation.triggers[0]?.fires, [at('2026-10-25T00:30Z'), at('2026-10-26T01:30Z')]);
  assert.equal([simulation.orders, simulation.more, simulation.unknown], [50, false, ['g']]);
  assert.is(
    simulationScreen(simulation, 'Europe/Berlin', Infinity).join('\n'),
    `From Sat 2026-10-24 14:00 to Mon 2026-10-26 13:00, Europe/Berlin:
  Sun 2026-10-25 02:30  night  f
  Mon 2026-10-26 02:30  night  f
  48 times  hourly  g  @hourly Europe/Berlin, from Sat 2026-10-24 15:00 to Mon 2026-10-26 13:00
  suspended         off    f  30 2 * * * UTC
  when it happens   moved  f  branch main
  not in this time  leap   f  0 0 29 2 * UTC
50 orders by time; about 3 min of runs, 4,000 tokens, $0.02, as the last ones took; no run of g has ended lately`,
  );
});

test('what would never end is not counted to its end', () => {
  const { orders, more } = of([{ id: 'often', cron: '* * * * *', order }], '2027-10-26T12:00Z');
  assert.equal([orders, more], [MOST_SIMULATED, true]);
});

test('runs that take no time are said to', () => {
  const simulation = { ...of([{ id: 'night', cron: '@daily', order }]), runs: NOTHING };
  assert.match(simulationScreen(simulation, 'UTC', Infinity).at(-1) ?? '', /^2 orders by time; about 0 s of runs/);
});

test('no triggers', () => {
  assert.match(simulationScreen(of([]), 'UTC', Infinity).join('\n'), /^There are no triggers/);
});

test.run();
