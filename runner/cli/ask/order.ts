import { commitSource, readDesired } from '../../app/desired.js';
import { readForecast } from '../../app/forecast.js';
import { readOps } from '../../app/observe.js';
import { findOrder } from '../../app/orders.js';
import { explainOrder } from '../../app/policy.js';
import { requestsOf } from '../../app/vault/people.js';
import { projectTip } from '../../app/world.js';
import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import type { Turn } from '../../core/forecast.js';
import { epochMs, type Instant } from '../../core/ids.js';
import { shipRef, type StoredOrder } from '../../core/record.js';
import { span } from '../../core/span.js';
import { printable } from '../output.js';
import { renderFailure } from '../render-failure.js';
import { gateInWords } from '../screens/gate.js';
import { needsPerson, nextCommand } from '../screens/status.js';
import { turnText } from '../screens/turn.js';
import { count, type Answer, type Answerer, type Asking } from './answer.js';

const LOOK_BACK = 200;

/** An answer about one order. */
const about =
  (answer: (order: StoredOrder, asking: Asking) => Promise<Result<Answer>>): Answerer =>
  async ({ name }, asking) => {
    const order = await findOrder(asking.connection.tools, name ?? '');
    return order.ok ? answer(order.value, asking) : order;
  };

async function turnOf({ tools, branch }: Asking['connection'], id: string): Promise<Turn | undefined> {
  const view = await readOps(tools);
  if (!view.ok) return undefined;
  const history = await tools.repository.history(tools.ops.ref, { limit: LOOK_BACK });
  return (await readForecast(tools, branch, view.value, history)).get(id);
}

const ago = (at: string, now: Instant): string => `${span(epochMs(now) - epochMs(at as Instant))} ago`;

/** Where an order stands, and why. */
async function standing(order: StoredOrder, { connection, out }: Asking): Promise<readonly string[]> {
  const { id, run } = order.record;
  const now = connection.tools.clock.now();
  if (order.state === 'queue') {
    const turn = await turnOf(connection, id);
    return [`${id} is queued: ${turn === undefined ? 'the next tick looks at it' : turnText(turn)}.`];
  }
  if (order.state === 'active') {
    const statuses = Object.entries(order.record.run.steps);
    const under = statuses.flatMap(([key, status]) =>
      status.state === 'running' ? [`${key} for ${span(epochMs(now) - epochMs(status.startedAt as Instant))}`] : [],
    );
    const settled = statuses.filter(([, { state }]) => state !== 'pending' && state !== 'running').length;
    return [
      `${id} runs since ${ago(order.record.run.claimedAt, now)}: ${String(settled)} of ${count(statuses.length, 'step')} ended${under.length === 0 ? '' : `; ${under.join(', ')}`}.`,
    ];
  }
  if (order.state === 'waiting') {
    const { reason, since, until, failure } = order.record.waiting;
    return [
      `${id} waits since ${ago(since, now)}: ${printable(reason)}${until === undefined ? '' : ` (until ${until})`}`,
      ...(failure === undefined ? [] : [renderFailure(failure as Failure, out)]),
      ...(needsPerson(order) ? [`  → ${nextCommand(order)}`] : []),
    ];
  }
  const { at, outcome, reason, failure, branch, evidence } = order.record.ended;
  const shipped = branch === undefined ? '' : `; it shipped to ${shipRef(id).replace('refs/heads/', '')}`;
  const what = order.state === 'done' && run !== undefined ? `${outcome}${shipped}` : outcome;
  return [
    `${id} is ${order.state} since ${ago(at, now)}: ${what}${reason === undefined ? '' : ` (${printable(reason)})`}.`,
    ...(failure === undefined ? [] : [renderFailure(failure as Failure, out, evidence)]),
  ];
}

const record = ({ state, record: fields }: StoredOrder): unknown => ({ state, ...fields });

export const order = about(async (found, asking) =>
  ok({
    lines: [...(await standing(found, asking)), `Its goal: ${printable(found.record.order.goal)}`],
    data: record(found),
    command: `pushpals order show ${found.record.id}`,
  }),
);

export const orderWhy = about(async (found, asking) =>
  ok({
    lines: await standing(found, asking),
    data: record(found),
    command: `pushpals order show ${found.record.id}`,
  }),
);

export const orderTimes = about(async (found, asking) => {
  const { id, accepted, run } = found.record;
  const lines = [
    `${id} came in at ${accepted.at}.`,
    ...(run === undefined ? [] : [`Its last run started at ${run.claimedAt}.`]),
    ...('ended' in found.record && found.record.ended !== undefined
      ? [`It ended at ${found.record.ended.at}: ${found.record.ended.outcome}.`]
      : await standing(found, asking)),
  ];
  return ok({ lines, data: record(found), command: `pushpals order show ${id}` });
});

export const orderSource = about((found) => {
  const { id, accepted, parent, order: asked } = found.record;
  return Promise.resolve(
    ok({
      lines: [
        `${printable(accepted.actor)} asked for it at ${accepted.at}, by ${printable(accepted.from)}.`,
        ...(parent === undefined ? [] : [`The run of order ${parent} filed it.`]),
        `Its goal: ${printable(asked.goal)}`,
      ],
      data: { accepted, parent: parent ?? null, goal: asked.goal },
      command: `pushpals order show ${id}`,
    }),
  );
});

export const orderApprovals = about(async (found, { connection }) => {
  const { id } = found.record;
  const requests = await requestsOf(connection.tools, id);
  if (!requests.ok) return requests;
  const lines = requests.value.flatMap(({ state, request }) => {
    const { needs, approvals = [], refused = [], end } = request;
    const from = needs.from === undefined ? 'any approver' : needs.from.join(' or ');
    return [
      `${request.id} (${request.kind}, ${request.tier}) is ${state}: ${String(approvals.length)} of ${count(needs.approvals, 'approval')}, of ${from}.`,
      ...approvals.map(({ by, at }) => `  approved by ${by} at ${at}`),
      ...refused.map(({ at, why }) => `  refused at ${at}: ${printable(why)}`),
      ...(end?.by === undefined ? [] : [`  ${end.outcome} by ${printable(end.by)} at ${end.at}`]),
      ...(state === 'pending' ? [`  → pushpals vault show ${request.id}`] : []),
    ];
  });
  const last = requests.value.at(-1);
  return ok({
    lines: lines.length === 0 ? [`Nobody was asked to approve ${id}.`] : lines,
    data: requests.value.map(({ state, request }) => ({ state, ...request })),
    command: last === undefined ? `pushpals policy explain ${id}` : `pushpals vault show ${last.request.id}`,
  });
});

export const orderTier = about(async (found, { connection }) => {
  const { tools, branch, reading } = connection;
  const base = await projectTip(tools, branch);
  if (base === null)
    return fail({ class: 'state-conflict', what: `there is no branch ${branch}`, hint: 'Make a first commit.' });
  const desired = await readDesired(commitSource(tools.repository, base), reading);
  if (!desired.ok) return desired;
  const explained = await explainOrder(tools, desired.value, found);
  if (!explained.ok) return explained;
  const { id } = found.record;
  return ok({
    lines: explained.value.flatMap(({ about: when, decision }, index) => [
      decision.denied.length > 0
        ? `${id} is denied ${when}.`
        : `${id} is ${decision.tier} ${when}: it ${gateInWords(decision, index > 0)}.`,
      ...[...decision.denied, ...decision.reasons].map(
        ({ rule, tier, because }) => `  ${printable(rule)} (${tier}): ${printable(because)}`,
      ),
    ]),
    data: explained.value.map(({ decision, ...rest }) => ({ ...rest, ...decision })),
    command: `pushpals policy explain ${id}`,
  });
});
