import type { HistoryEntry } from '../../app/ports/repository.js';
import type { Turn } from '../../core/forecast.js';
import { epochMs, later, type Instant } from '../../core/ids.js';
import type { ActiveOrder, StoredOrder } from '../../core/record.js';
import { pauseStory, type Pause } from '../../core/pause.js';
import type { Standing } from '../../core/triggers/standing.js';
import { span } from '../../core/span.js';
import { plainText } from '../../core/template.js';
import { WORK_IN_WORDS, workOf } from '../../core/selection.js';
import { stuckFor } from '../../core/stuck.js';
import { printable, type Paint } from '../output.js';
import { cut, table } from '../table.js';

type Waiting = Extract<StoredOrder, { state: 'waiting' }>;

export interface StatusView {
  readonly now: Instant;
  readonly pause: Pause | null;
  readonly waiting: readonly Waiting[];
  readonly active: readonly ActiveOrder[];
  /** In the order in which they will start. */
  readonly queue: readonly StoredOrder[];
  /** When each of them is likely to start, by its name. */
  readonly turns: ReadonlyMap<string, Turn>;
  /** What results wait for that have no pull request yet, by the names of their orders. */
  readonly results: ReadonlyMap<string, string>;
  /** The newest first. */
  readonly recent: readonly HistoryEntry[];
  /** What keeps this runner from others; null where nothing does. */
  readonly remote: string | null;
  /** Since when the forge does not answer; null where it does. */
  readonly forge: string | null;
  /** Mirrors that do not hold what they should, each in a line. */
  readonly mirrors: readonly string[];
  /** Files of the ops branch that cannot be read. */
  readonly broken: readonly string[];
  /** Suspended ones first, then by when they are due. */
  readonly triggers: readonly Standing[];
  /** A watch that is alive here. */
  readonly watch: { readonly pid: number; readonly since: Instant } | null;
  readonly lastTickAt: Instant | null;
  /** Whether the runner of an active order is known to be gone. */
  readonly isGone: (order: ActiveOrder) => boolean;
}

export interface ScreenTraits {
  /** Columns and rows of the terminal; infinite where there is none. */
  readonly width: number;
  readonly height: number;
  /** Instants instead of how long ago. */
  readonly exact: boolean;
  readonly paint: Paint;
}

interface Row {
  readonly cells: readonly string[];
  /** The command that goes on, on a line of its own: it must not be cut. */
  readonly next?: string;
}

interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
  /** The command that shows what does not fit. */
  readonly all: string;
}

const MOST_BROKEN = 3;
const TRIGGERS = 'Triggers';

/** What waits for a person, what runs, what is next and what ended: on one screen, the most urgent first. */
export function statusScreen(view: StatusView, traits: ScreenTraits): readonly string[] {
  const { width, paint } = traits;
  const head = [
    ...pauseLines(view, traits),
    ...[view.remote, view.forge].flatMap((line) => (line === null ? [] : [paint('bad', cut(line, width))])),
    ...view.mirrors.map((line) => paint('wait', cut(line, width))),
    ...view.broken
      .slice(0, MOST_BROKEN)
      .map((path) => paint('bad', cut(`${printable(path)} cannot be read; it stays as it is`, width))),
    ...(view.broken.length > MOST_BROKEN ? [`… and ${String(view.broken.length - MOST_BROKEN)} more files`] : []),
  ];
  const foot = runnerLine(view, traits.exact).map((line) => paint('dim', cut(line, width)));
  const sections = sectionsOf(view, traits.exact).filter(({ rows }) => rows.length > 0);
  const isQuiet = head.length === 0 && sections.every(({ title }) => title === TRIGGERS);
  if (isQuiet) head.push('Nothing waits, runs or is queued. Drop an order into ops/inbox/.');
  // One line is the prompt's that follows.
  const shown = fitting(sections, traits.height - head.length - foot.length - 1);
  return [...head, ...sections.flatMap((section, index) => lines(section, shown[index] ?? 0, traits)), ...foot];
}

/** Why, and how to go on; the command is on a line of its own, which is never cut. */
function pauseLines({ pause, now }: StatusView, { width, exact, paint }: ScreenTraits): readonly string[] {
  if (pause === null) return [];
  const since =
    pause.at === null ? '' : exact ? ` since ${pause.at}` : ` for ${span(epochMs(now) - epochMs(pause.at))}`;
  const head = `PAUSED${since}${printable(pauseStory(pause))}`;
  return [paint('wait', cut(head, width)), '  nothing starts → pushpals resume'];
}

/** Who looks after all this, and when it last did. */
function runnerLine({ now, watch, lastTickAt }: StatusView, exact: boolean): readonly string[] {
  const ago = (at: Instant): string => span(epochMs(now) - epochMs(at));
  if (watch !== null) {
    const since = exact ? `since ${watch.since}` : `for ${ago(watch.since)}`;
    return [`watch runs (pid ${String(watch.pid)}, ${since})`];
  }
  if (lastTickAt === null) return [];
  return [`last tick ${exact ? lastTickAt : `${ago(lastTickAt)} ago`}; no watch runs here`];
}

function sectionsOf(view: StatusView, exact: boolean): readonly Section[] {
  const now = epochMs(view.now);
  const when = (at: string): string => (exact ? at : span(now - epochMs(at as Instant)));
  const until = (at: string | undefined): string =>
    at === undefined ? '' : exact ? ` (until ${at})` : ` (in ${span(epochMs(at as Instant) - now)})`;
  const starts = (turn: Turn | undefined): string => {
    if (turn?.held === true) return printable(turn.why ?? '');
    if (turn?.startsInMs == null) return turn === undefined ? '' : 'start unknown';
    if (turn.startsInMs === 0) return 'next';
    return exact ? `about ${later(view.now, turn.startsInMs)}` : `in about ${span(turn.startsInMs)}`;
  };
  const waits = (order: Waiting): Row => ({
    cells: [
      order.record.id,
      when(order.record.waiting.since),
      printable(
        stuckFor(order, view.now) ??
          `${view.results.get(order.record.id) ?? order.record.waiting.reason}${until(order.record.waiting.until)}`,
      ),
    ],
    ...(needsPerson(order) ? { next: nextCommand(order) } : {}),
  });
  // What is stuck first: nobody looked at it for long.
  const isStuck = (order: Waiting): boolean => stuckFor(order, view.now) !== null;
  const yours = view.waiting.filter(needsPerson).sort((a, b) => Number(isStuck(b)) - Number(isStuck(a)));
  return [
    {
      title: 'Waits for you',
      rows: [...yours.map(waits), ...view.triggers.flatMap((each) => suspended(each, when))],
      all: 'pushpals order list',
    },
    {
      title: 'Running',
      rows: view.active.map((order) => ({
        cells: [order.record.id, when(order.record.run.claimedAt), `${stepsOf(order, now)}${held(view, order)}`],
      })),
      all: 'pushpals order list',
    },
    {
      title: 'Queue',
      rows: view.queue.map(({ record }, index) => ({
        cells: [
          String(index + 1),
          record.id,
          `${record.formula}${workOf(record) === 'request' ? '' : ` (${WORK_IN_WORDS[workOf(record)]})`}`,
          when(record.accepted.at),
          starts(view.turns.get(record.id)),
          plainText(record.order.goal),
        ],
      })),
      all: 'pushpals order list',
    },
    {
      title: 'Waits',
      rows: view.waiting.filter((order) => !needsPerson(order)).map(waits),
      all: 'pushpals order list',
    },
    {
      title: TRIGGERS,
      rows: view.triggers
        .filter(({ state }) => state !== 'suspended')
        .map((standing) => ({ cells: [standing.id, dueIn(standing, view.now, exact), standing.formula] })),
      all: 'pushpals trigger list',
    },
    {
      title: 'Ended lately',
      rows: view.recent.map(({ order, at, subject }) => ({
        cells: [order, exact ? at : `${when(at)} ago`, printable(subject.replace(/^order [^:]*: /, ''))],
      })),
      all: 'pushpals order list --all',
    },
  ];
}

function suspended({ id, record }: Standing, when: (at: string) => string): readonly Row[] {
  if (record?.suspended === undefined) return [];
  const { since, why } = record.suspended;
  const next = `pushpals trigger resume ${id}`;
  return [{ cells: [`trigger ${id}`, when(since), `suspended: ${printable(why)}`], next }];
}

/** When a trigger is due, or what it waits for. */
export function dueIn({ state, next, watches }: Standing, now: Instant, exact: boolean): string {
  if (state === 'unreadable') return 'its record cannot be read';
  if (next === null) return watches;
  if (next <= now) return 'due';
  return exact ? next : `in ${span(epochMs(next) - epochMs(now))}`;
}

/** Whether nothing goes on until somebody changes a file, decides, or mends this machine. */
export const needsPerson = ({ record: { waiting } }: Waiting): boolean =>
  waiting.people === true || (PERSONAL.has(waiting.on) && (waiting.on !== 'policy' || waiting.until === undefined));
const PERSONAL = new Set<string | undefined>(['policy', 'config', 'person', 'sandbox', 'model', 'approval']);

/** The command that goes on with it. */
export function nextCommand({ record }: Waiting): string {
  switch (record.waiting.on) {
    case 'config':
      return 'pushpals validate';
    case 'sandbox':
    case 'model':
      return 'pushpals doctor';
    case 'approval':
      return `pushpals vault show ${record.waiting.request ?? ''}`;
    case 'person':
      if (record.waiting.request !== undefined) return `pushpals vault show ${record.waiting.request}`;
      if (record.waiting.failure !== undefined) return `pushpals order retry ${record.id}`;
      return `pushpals order assign ${record.id} FORMULA`;
    case 'integration':
      return record.waiting.people === true ? `pushpals order show ${record.id}` : 'pushpals plan';
    case 'policy':
    case 'order':
    case 'time':
    case undefined:
    default:
      return `pushpals order show ${record.id}`;
  }
}

/** Why a run does not go on now. */
function held({ pause, isGone }: StatusView, order: ActiveOrder): string {
  if (pause?.now === true) return '; handed back by the pause';
  if (!isGone(order)) return '';
  return `; its runner is gone, ${pause === null ? 'the next tick goes on' : 'and the pause holds it back'}`;
}

function stepsOf({ record }: ActiveOrder, now: number): string {
  const { steps } = record.run;
  const running = Object.entries(steps).flatMap(([key, status]) =>
    status.state === 'running' ? [`${key} for ${span(now - epochMs(status.startedAt as Instant))}`] : [],
  );
  const settled = Object.values(steps).filter(({ state }) => state !== 'pending' && state !== 'running').length;
  return `${String(settled)} of ${String(Object.keys(steps).length)} steps${running.length === 0 ? '' : `, ${running.join(', ')}`}`;
}

/** How many rows of each section fit, when each also takes its title and, where it is cut, a line that says so. */
function fitting(sections: readonly Section[], room: number): readonly number[] {
  const shown = sections.map(({ rows }) => rows.length);
  const height = (): number =>
    sections.reduce((sum, { rows }, index) => {
      const kept = rows.slice(0, shown[index]);
      if (kept.length === 0) return sum + 1;
      const commands = kept.filter(({ next: command }) => command !== undefined).length;
      return sum + 1 + kept.length + commands + (kept.length < rows.length ? 1 : 0);
    }, 0);
  while (height() > room && shown.some((rows) => rows > 1)) {
    // The longest section gives way, the least urgent of equals first.
    const longest = shown.lastIndexOf(Math.max(...shown));
    shown[longest] = (shown[longest] ?? 1) - 1;
  }
  // A terminal that is this low gets the least urgent as a line that counts them.
  for (let last = shown.length - 1; last > 0 && height() > room; last -= 1) shown[last] = 0;
  return shown;
}

function lines({ title, rows, all }: Section, shown: number, { width, paint }: ScreenTraits): readonly string[] {
  if (shown === 0) return [cut(`${title}: ${String(rows.length)} (${all})`, width)];
  const kept = rows.slice(0, shown);
  const hidden = rows.length - shown;
  const drawn = table(
    kept.map(({ cells }) => cells),
    width - 2,
  );
  return [
    paint('strong', title),
    ...drawn.flatMap((line, index) => {
      const command = kept[index]?.next;
      return [`  ${line}`, ...(command === undefined ? [] : [`    → ${command}`])];
    }),
    ...(hidden > 0 ? [`  … and ${String(hidden)} more: ${all}`] : []),
  ];
}
