import type { Instant } from '../../core/ids.js';
import { span } from '../../core/span.js';
import type { Simulated, Simulation } from '../../core/triggers/simulate.js';
import { localTime } from '../local-time.js';
import { cut, table } from '../table.js';

/** So often a trigger gets a line each time; one that fires more often has one line for all of them. */
const MOST_LINES = 10;

/** What would fire when, in the time zone that is named, and what it comes to. */
export function simulationScreen(simulation: Simulation, timezone: string, width: number): readonly string[] {
  const { from, until, triggers, orders, more } = simulation;
  if (triggers.length === 0)
    return ['There are no triggers. Declare one under `triggers` in pushpals.yml, and commit it.'];
  const at = localTime(timezone);
  const seldom = triggers.filter(({ fires }) => fires.length <= MOST_LINES);
  const single = seldom
    .flatMap(({ id, formula, fires }) => fires.map((when) => ({ when, cells: [at(when), id, formula] })))
    .sort((a, b) => (a.when < b.when ? -1 : 1))
    .map(({ cells }) => cells);
  const often = triggers.filter(({ fires }) => fires.length > MOST_LINES);
  const quiet = triggers.filter(({ fires }) => fires.length === 0);
  return [
    `From ${at(from)} to ${at(until)}, ${timezone}:`,
    ...table(single, width - 2).map((line) => `  ${line}`),
    ...table(
      often.map((each) => grouped(each, at)),
      width - 2,
    ).map((line) => `  ${line}`),
    ...table(
      quiet.map(({ id, formula, watches, suspended, by }) => [
        suspended ? 'suspended' : by === 'event' ? 'when it happens' : 'not in this time',
        id,
        formula,
        watches,
      ]),
      width - 2,
    ).map((line) => `  ${line}`),
    cut(
      `${more ? 'more than ' : ''}${String(orders)} ${orders === 1 ? 'order' : 'orders'} by time${cost(simulation)}`,
      width,
    ),
  ];
}

function grouped({ id, formula, watches, fires, more }: Simulated, at: (when: Instant) => string): readonly string[] {
  const [first] = fires;
  const last = fires.at(-1);
  if (first === undefined || last === undefined) return [];
  const times = `${more ? 'more than ' : ''}${String(fires.length)} times`;
  return [times, id, formula, `${watches}, from ${at(first)}${more ? '' : ` to ${at(last)}`}`];
}

function cost({ runs, unknown, orders }: Simulation): string {
  if (orders === 0) return '';
  const { ms, tokens, costUsd } = runs;
  const used = [
    `${span(ms)} of runs`,
    ...(tokens === 0 ? [] : [`${tokens.toLocaleString('en')} tokens`]),
    ...(costUsd === 0 ? [] : [`$${costUsd.toFixed(2)}`]),
  ].join(', ');
  const known = ms === 0 && unknown.length > 0 ? [] : [`about ${used}, as the last ones took`];
  const rest = unknown.length === 0 ? [] : [`no run of ${unknown.join(', ')} has ended lately`];
  return `; ${[...known, ...rest].join('; ')}`;
}
