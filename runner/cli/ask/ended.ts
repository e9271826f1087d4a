import { listOrders } from '../../app/orders.js';
import { ok } from '../../core/failure.js';
import { instant, epochMs, type Instant } from '../../core/ids.js';
import { shipRef, type EndedState, type StoredOrder } from '../../core/record.js';
import { span } from '../../core/span.js';
import { plainText } from '../../core/template.js';
import type { Span } from '../../core/ask/when.js';
import { printable } from '../output.js';
import { table } from '../table.js';
import { count, type Answerer, type Asking } from './answer.js';

type Ended = Extract<StoredOrder, { state: EndedState }>;

const WEEK_MS = 7 * 86_400_000;
/** Rows of a list that is printed between words. */
const MOST_ROWS = 20;

/** The span that is asked about; where none is, the last week. */
export function spanAsked(when: Span | null, now: Instant): Span {
  return when ?? { said: 'in the last 7 days', from: instant(epochMs(now) - WEEK_MS), until: now };
}

const within = ({ from, until }: Span, at: string): boolean => at >= from && at < until;

const isEnded = (order: StoredOrder): order is Ended =>
  order.state === 'done' || order.state === 'failed' || order.state === 'cancelled';

const recordsOf = (orders: readonly StoredOrder[]): unknown =>
  orders.map(({ state, record }) => ({ state, ...record }));

/** One row an order, the newest first, and how many more there are. */
function rows(orders: readonly Ended[], now: Instant, { out }: Asking): readonly string[] {
  const shown = orders
    .slice(0, MOST_ROWS)
    .map(({ state, record }) => [
      record.id,
      `${span(epochMs(now) - epochMs(record.ended.at as Instant))} ago`,
      state === 'failed' ? (record.ended.failure?.class ?? state) : record.ended.outcome,
      record.ended.branch === undefined
        ? plainText(printable(record.order.goal))
        : `${shipRef(record.id).replace('refs/heads/', '')}: ${plainText(printable(record.order.goal))}`,
    ]);
  const more = orders.length - shown.length;
  return [
    ...table(shown, out.traits.width - 2).map((line) => `  ${line}`),
    ...(more > 0 ? [`  … and ${String(more)} more`] : []),
  ];
}

/** Orders that ended so in a span, the newest first. */
const whoEnded =
  (
    is: (order: Ended) => boolean,
    words: (many: number, said: string) => string,
    beside: (orders: readonly StoredOrder[], asked: Span) => readonly string[] = () => [],
  ): Answerer =>
  async ({ when }, asking) => {
    const { tools } = asking.connection;
    const orders = await listOrders(tools, true);
    if (!orders.ok) return orders;
    const now = tools.clock.now();
    const asked = spanAsked(when, now);
    const found = orders.value
      .filter(isEnded)
      .filter((order) => is(order) && within(asked, order.record.ended.at))
      .sort((a, b) => (a.record.ended.at < b.record.ended.at ? 1 : -1));
    return ok({
      lines: [words(found.length, asked.said), ...rows(found, now, asking), ...beside(orders.value, asked)],
      data: recordsOf(found),
      command: 'pushpals order list --all',
    });
  };

/** Runs that failed and whose orders went on all the same. */
function triedAgain(orders: readonly StoredOrder[], asked: Span): readonly string[] {
  const runs = orders.flatMap(({ record }) => (record.past ?? []).filter(({ at }) => within(asked, at)));
  return runs.length === 0
    ? []
    : [
        `${count(runs.length, 'run')} failed and ${runs.length === 1 ? 'was' : 'were'} tried again: ${runs
          .slice(0, MOST_ROWS)
          .map((past) => `${past.run} (${printable(past.class)})`)
          .join(', ')}`,
      ];
}

export const failed = whoEnded(
  ({ state }) => state === 'failed',
  (many, said) => (many === 0 ? `No order failed ${said}.` : `${count(many, 'order')} failed ${said}.`),
  triedAgain,
);
export const shipped = whoEnded(
  ({ record }) => record.ended.branch !== undefined,
  (many, said) => (many === 0 ? `Nothing shipped ${said}.` : `${count(many, 'order')} shipped ${said}.`),
);
export const finished = whoEnded(
  ({ state }) => state === 'done',
  (many, said) =>
    many === 0 ? `No order was done ${said}.` : `${count(many, 'order')} ${many === 1 ? 'was' : 'were'} done ${said}.`,
);

/** What came in and what ended. */
export const happened: Answerer = async ({ when }, asking) => {
  const { tools } = asking.connection;
  const orders = await listOrders(tools, true);
  if (!orders.ok) return orders;
  const now = tools.clock.now();
  const asked = spanAsked(when, now);
  const accepted = orders.value.filter(({ record }) => within(asked, record.accepted.at));
  const ended = orders.value
    .filter(isEnded)
    .filter(({ record }) => within(asked, record.ended.at))
    .sort((a, b) => (a.record.ended.at < b.record.ended.at ? 1 : -1));
  const of = (state: EndedState): number => ended.filter((order) => order.state === state).length;
  return ok({
    lines: [
      `${count(accepted.length, 'order')} came in ${asked.said}; ${String(of('done'))} done, ${String(of('failed'))} failed, ${String(of('cancelled'))} cancelled.`,
      ...rows(ended, now, asking),
    ],
    data: { accepted: recordsOf(accepted), ended: recordsOf(ended) },
    command: 'pushpals order list --all',
  });
};
