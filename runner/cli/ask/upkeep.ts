import { examineAll } from '../../app/doctor.js';
import { readDay } from '../../app/ledger.js';
import { readOps } from '../../app/observe.js';
import { readStandings } from '../../app/triggers/standing.js';
import { readWorld } from '../../app/world.js';
import { fail, ok, type Result } from '../../core/failure.js';
import { epochMs, instant, type Instant } from '../../core/ids.js';
import { sum, type Expense } from '../../core/limits.js';
import { span } from '../../core/span.js';
import { stuckFor } from '../../core/stuck.js';
import type { Standing } from '../../core/triggers/standing.js';
import type { Policy } from '../../generated/types.js';
import { localTime } from '../local-time.js';
import { printable } from '../output.js';
import { readStatus } from '../read-status.js';
import { dueIn } from '../screens/status.js';
import { table } from '../table.js';
import { count, type Answerer, type Asking } from './answer.js';

const DAY_MS = 86_400_000;
/** Days that are added up at once. */
const MOST_DAYS = 62;

/** What `doctor` finds, and what else somebody should look at. */
export const health: Answerer = async (_, { connection, repo, connect, nodeVersion }) => {
  const { tools } = connection;
  const opened = await repo();
  if (!opened.ok) return opened;
  const { findings } = await examineAll(opened.value, await connect(), nodeVersion, tools.clock.now());
  const status = await readStatus(connection);
  if (!status.ok) return status;
  const { view } = status.value;
  const bad = findings.filter(({ state }) => state !== 'ok');
  const stuck = view.waiting.flatMap((order) => {
    const why = stuckFor(order, view.now);
    return why === null ? [] : [`order ${order.record.id} is ${printable(why)}`];
  });
  const failedToday = view.recent.filter(
    ({ event, at }) => event === 'fail' && epochMs(view.now) - Date.parse(at) < DAY_MS,
  );
  const troubles = [
    ...bad.map(
      ({ check, found, mend }) => `${check}: ${printable(found)}${mend === undefined ? '' : ` → ${printable(mend)}`}`,
    ),
    ...stuck,
    ...failedToday.map(({ order, at }) => `order ${order} failed at ${at} → pushpals order show ${order}`),
  ];
  return ok({
    lines:
      troubles.length === 0
        ? ['Yes: all that work needs is there, no order is stuck, and none failed in the last 24 hours.']
        : [`${count(troubles.length, 'thing')} to look at:`, ...troubles.map((line) => `  ${line}`)],
    data: { findings, stuck, failed: failedToday },
    command: 'pushpals doctor',
  });
};

/** What runs used on the days of a span, which are UTC's as in the policy's limits. */
export const usage: Answerer = async ({ when }, { connection }) => {
  const { tools, branch } = connection;
  const view = await readOps(tools);
  if (!view.ok) return view;
  const world = await readWorld(tools, branch);
  if (!world.ok) return world;
  const now = tools.clock.now();
  const days = daysOf(when?.from ?? now, when?.until ?? now);
  if (days.length > MOST_DAYS)
    return fail({
      class: 'state-conflict',
      what: `${String(days.length)} days are too many to add up`,
      hint: `Ask about at most ${String(MOST_DAYS)}.`,
    });
  const runs: Expense[] = [];
  for (const day of days) runs.push(...(await readDay(tools, view.value, day === now.slice(0, 10) ? now : at(day))));
  const used = sum(runs);
  const agents = [...new Set(runs.map(({ agent }) => agent))].sort();
  const rows = agents.map((agent) => {
    const own = sum(runs.filter((run) => run.agent === agent));
    return [printable(agent), count(own.orders, 'run'), span(own.timeMs), count(own.tokens, 'token')];
  });
  const said = when === null || when.said === 'today' ? 'today' : when.said;
  return ok({
    lines: [
      `${count(used.orders, 'run')} started ${said}: ${span(used.timeMs)}, ${count(used.tokens, 'token')}, ${count(used.lines, 'line')} shipped (days are UTC’s${days.length > 1 ? `, ${days[0] ?? ''} to ${days.at(-1) ?? ''}` : ''}).`,
      ...table(rows, Infinity).map((line) => `  ${line}`),
      ...(days.length === 1 && days[0] === now.slice(0, 10) ? limitLines(world.value.desired.policy.limits) : []),
    ],
    data: {
      days,
      ...used,
      agents: Object.fromEntries(agents.map((agent) => [agent, sum(runs.filter((run) => run.agent === agent))])),
    },
    command: 'pushpals order list --all',
  });
};

const at = (day: string): Instant => `${day}T23:59:59.999Z` as Instant;

function daysOf(from: Instant, until: Instant): readonly string[] {
  const days: string[] = [];
  for (let ms = Date.parse(`${from.slice(0, 10)}T00:00:00.000Z`); ms <= epochMs(until); ms += DAY_MS)
    days.push(instant(ms).slice(0, 10));
  return days;
}

function limitLines(limits: Policy['limits']): readonly string[] {
  const daily = Object.entries(limits ?? {}).filter(([key]) => key.endsWith('-per-day'));
  return daily.map(([key, most]) => `  limit: ${key} ${String(most)}`);
}

async function standings({ connection: { tools, project } }: Asking): Promise<Result<readonly Standing[]>> {
  const view = await readOps(tools);
  return view.ok ? ok(await readStandings(tools, project, view.value)) : view;
}

const suspendedText = ({ record }: Standing): string =>
  record?.suspended === undefined ? '' : printable(record.suspended.why);

export const triggers: Answerer = async (_, asking) => {
  const all = await standings(asking);
  if (!all.ok) return all;
  const { tools } = asking.connection;
  const now = tools.clock.now();
  const rows = all.value.map((standing) => [
    standing.id,
    standing.state === 'suspended' ? `suspended: ${suspendedText(standing)}` : dueIn(standing, now, false),
    standing.formula,
  ]);
  return ok({
    lines:
      rows.length === 0
        ? ['There are no triggers.']
        : [`${count(rows.length, 'trigger')}.`, ...table(rows, asking.out.traits.width - 2).map((line) => `  ${line}`)],
    data: all.value,
    command: 'pushpals trigger list',
  });
};

export const trigger: Answerer = async ({ name }, asking) => {
  const all = await standings(asking);
  if (!all.ok) return all;
  const found = all.value.find(({ id }) => id === name);
  if (found === undefined)
    return fail({
      class: 'state-conflict',
      what: `there is no trigger ${name ?? ''}`,
      hint: '`pushpals trigger list` lists them.',
    });
  const { id, state, next, watches, formula, record } = found;
  const local = localTime(asking.timezone());
  const now = asking.connection.tools.clock.now();
  const due =
    state === 'suspended'
      ? `is suspended and does not fire: ${suspendedText(found)} → pushpals trigger resume ${id}`
      : state === 'unreadable'
        ? 'keeps still: its record cannot be read → pushpals doctor'
        : next === null
          ? `waits for ${printable(watches)}`
          : next <= now
            ? 'is due: the next tick fires it'
            : `fires next at ${local(next)}, in ${span(epochMs(next) - epochMs(now))}`;
  const last = record?.last;
  return ok({
    lines: [
      `${id} ${due}.`,
      last === undefined
        ? 'It has not fired yet.'
        : `It last fired at ${local(last.at as Instant)}: ${printable(last.failure ?? last.order ?? last.for)}.`,
      `It starts ${formula} (${printable(watches)}).`,
    ],
    data: found,
    command: 'pushpals trigger list',
  });
};
