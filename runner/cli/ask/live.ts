import { ok } from '../../core/failure.js';
import type { StoredOrder } from '../../core/record.js';
import { openRequests } from '../../app/vault/people.js';
import { pauseStory } from '../../core/pause.js';
import { epochMs } from '../../core/ids.js';
import { span } from '../../core/span.js';
import { printable } from '../output.js';
import { readStatus, type Status } from '../read-status.js';
import { needsPerson, statusScreen, type StatusView } from '../screens/status.js';
import { count, type Answer, type Answerer, type Asking } from './answer.js';

type Sections = Partial<Pick<StatusView, 'waiting' | 'active' | 'queue' | 'recent' | 'triggers' | 'broken' | 'pause'>>;

/** The parts of the status screen that are asked for, each with its own heading. */
function partOf({ view }: Status, sections: Sections, { out }: Asking): readonly string[] {
  const none = { waiting: [], active: [], queue: [], recent: [], triggers: [], broken: [], pause: null };
  const shown = {
    ...view,
    ...none,
    ...sections,
    watch: null,
    lastTickAt: null,
    remote: null,
    forge: null,
    mirrors: [],
  };
  const isEmpty = [shown.waiting, shown.active, shown.queue, shown.recent, shown.triggers].every(
    ({ length }) => length === 0,
  );
  if (isEmpty) return [];
  return statusScreen(shown, { width: out.traits.width, height: Infinity, exact: false, paint: out.paint });
}

const recordsOf = (orders: readonly StoredOrder[]): unknown =>
  orders.map(({ state, record }) => ({ state, ...record }));

/** Why nothing starts, if that is so. */
const heldBack = ({ view: { pause } }: Status): readonly string[] =>
  pause === null ? [] : [`Everything is held back by a pause${printable(pauseStory(pause))} → pushpals resume`];

const fromStatus =
  (answer: (status: Status, asking: Asking) => Answer): Answerer =>
  async (_, asking) => {
    const status = await readStatus(asking.connection);
    return status.ok ? ok(answer(status.value, asking)) : status;
  };

export const running = fromStatus((status, asking) => {
  const { active, queue } = status.view;
  const queued = queue.length === 0 ? '' : `; ${count(queue.length, 'order is', 'orders are')} queued`;
  return {
    lines: [
      active.length === 0 ? `Nothing runs${queued}.` : `${count(active.length, 'order runs', 'orders run')}${queued}.`,
      ...heldBack(status),
      ...partOf(status, { active }, asking),
    ],
    data: recordsOf(active),
    command: 'pushpals status',
  };
});

export const queue = fromStatus((status, asking) => {
  const { queue: queued } = status.view;
  return {
    lines: [
      queued.length === 0
        ? 'Nothing is queued.'
        : `${count(queued.length, 'order is', 'orders are')} queued, the next one first.`,
      ...heldBack(status),
      ...partOf(status, { queue: queued }, asking),
    ],
    data: recordsOf(queued),
    command: 'pushpals status',
  };
});

export const waiting = fromStatus((status, asking) => {
  const { waiting: waits } = status.view;
  return {
    lines: [
      waits.length === 0 ? 'No order waits.' : `${count(waits.length, 'order waits', 'orders wait')}.`,
      ...partOf(status, { waiting: waits }, asking),
    ],
    data: recordsOf(waits),
    command: 'pushpals order list',
  };
});

export const overview = fromStatus((status, asking) => {
  const { view } = status;
  const yours = view.waiting.filter(needsPerson).length;
  const parts = [
    yours === 0 ? 'Nothing waits for you' : `${count(yours, 'order waits', 'orders wait')} for you`,
    `${String(view.active.length)} run`,
    `${String(view.queue.length)} queued`,
    ...(view.waiting.length === yours ? [] : [`${String(view.waiting.length - yours)} waiting by themselves`]),
  ];
  return {
    lines: [`${parts.join(', ')}.`, ...heldBack(status), ...partOf(status, view, asking)],
    data: {
      waiting: recordsOf(view.waiting),
      active: recordsOf(view.active),
      queue: recordsOf(view.queue),
      recent: view.recent,
    },
    command: 'pushpals status',
  };
});

/** Requests of the vault, and whatever else does not go on until somebody acts. */
export const needsPeople: Answerer = async (_, asking) => {
  const status = await readStatus(asking.connection);
  if (!status.ok) return status;
  const requests = await openRequests(asking.connection.tools);
  if (!requests.ok) return requests;
  const waits = status.value.view.waiting.filter(needsPerson);
  const triggers = status.value.view.triggers.filter(({ state }) => state === 'suspended');
  const many = waits.length + triggers.length;
  return ok({
    lines: [
      many === 0 ? 'Nothing waits for you.' : `${count(many, 'thing waits', 'things wait')} for you.`,
      ...partOf(status.value, { waiting: waits, triggers }, asking),
    ],
    data: { requests: requests.value, orders: recordsOf(waits), triggers },
    command: requests.value.length > 0 ? 'pushpals vault list' : 'pushpals status',
  });
};

/** Why nothing goes on, from what holds back everything to what holds back one order. */
export const paused = fromStatus((status, asking) => {
  const { pause, active, queue: queued, waiting: waits, now, watch, lastTickAt } = status.view;
  const looked =
    watch !== null
      ? 'A watch runs here, and starts it'
      : lastTickAt === null
        ? 'No watch runs here, and nobody ticked yet: `pushpals tick` starts it'
        : `No watch runs here, and the last tick was ${span(epochMs(now) - epochMs(lastTickAt))} ago: the next starts it`;
  const said =
    active.length > 0
      ? [`${count(active.length, 'order runs', 'orders run')}.`, ...partOf(status, { active }, asking)]
      : queued.length > 0
        ? [`${count(queued.length, 'order is', 'orders are')} queued.${pause === null ? ` ${looked}.` : ''}`]
        : waits.length > 0
          ? [
              `Nothing is queued; ${count(waits.length, 'order waits', 'orders wait')}.`,
              ...partOf(status, { waiting: waits }, asking),
            ]
          : ['There is nothing to do: no order runs, is queued or waits.'];
  return {
    lines: [...(pause === null ? ['Nothing is paused.'] : heldBack(status)), ...said],
    data: { pause, active: recordsOf(active), queue: recordsOf(queued), waiting: recordsOf(waits) },
    command: 'pushpals status',
  };
});

export const runner = fromStatus(({ view: { watch, lastTickAt, now } }) => {
  const ago = (at: typeof now): string => span(epochMs(now) - epochMs(at));
  return {
    lines: [
      watch === null
        ? 'No watch runs on this machine.'
        : `A watch runs on this machine (pid ${String(watch.pid)}, for ${ago(watch.since)}).`,
      lastTickAt === null ? 'Nobody ticked here yet.' : `The last tick here was ${ago(lastTickAt)} ago.`,
    ],
    data: { watch, lastTickAt },
    command: 'pushpals status',
  };
});
