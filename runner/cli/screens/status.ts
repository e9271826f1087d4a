import type { HistoryEntry } from '../../app/ports/repository.js';
import { epochMs, type Instant } from '../../core/ids.js';
import type { ActiveOrder, StoredOrder } from '../../core/record.js';
import { span } from '../../core/span.js';
import { plainText } from '../../core/template.js';
import { printable, type Paint } from '../output.js';
import { table } from '../table.js';

type Waiting = Extract<StoredOrder, { state: 'waiting' }>;

export interface StatusView {
  readonly now: Instant;
  readonly paused: boolean;
  readonly waiting: readonly Waiting[];
  readonly active: readonly ActiveOrder[];
  /** In the order in which they will start. */
  readonly queue: readonly StoredOrder[];
  /** The newest first. */
  readonly recent: readonly HistoryEntry[];
  /** Files of the ops branch that cannot be read. */
  readonly broken: readonly string[];
  /** How many triggers the project declares. */
  readonly triggers: number;
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

interface Section {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
  /** The command that shows what does not fit. */
  readonly all: string;
}

/** What waits for a person, what runs, what is next and what ended: on one screen, the most urgent first. */
export function statusScreen(view: StatusView, traits: ScreenTraits): readonly string[] {
  const head = [
    ...(view.paused ? [traits.paint('wait', 'PAUSED: the file PAUSE is on the ops branch; nothing starts')] : []),
    ...view.broken.map((path) => traits.paint('bad', `${printable(path)} cannot be read; it stays as it is`)),
  ];
  const foot =
    view.triggers === 0
      ? []
      : [traits.paint('dim', `${String(view.triggers)} triggers are declared, and not built yet`)];
  const sections = sectionsOf(view, traits.exact).filter(({ rows }) => rows.length > 0);
  if (sections.length === 0 && head.length === 0)
    return ['Nothing waits, runs or is queued. Drop an order into ops/inbox/.', ...foot];
  // Title and shortened rest of each section, and the prompt that follows.
  const room = traits.height - head.length - foot.length - 1;
  const shown = fitting(
    sections.map(({ rows }) => rows.length),
    room,
  );
  return [...head, ...sections.flatMap((section, index) => lines(section, shown[index] ?? 0, traits)), ...foot];
}

function sectionsOf(view: StatusView, exact: boolean): readonly Section[] {
  const now = epochMs(view.now);
  const when = (at: string): string => (exact ? at : span(now - epochMs(at as Instant)));
  const until = (at: string | undefined): string =>
    at === undefined ? '' : exact ? ` (until ${at})` : ` (in ${span(epochMs(at as Instant) - now)})`;
  const row = ({ record }: Waiting): readonly string[] => [
    record.id,
    when(record.waiting.since),
    `${printable(record.waiting.reason)}${until(record.waiting.until)}`,
  ];
  return [
    {
      title: 'Waits for you',
      rows: view.waiting.filter(needsPerson).map((order) => [...row(order), next(order)]),
      all: 'pushpals order list',
    },
    {
      title: 'Running',
      rows: view.active.map((order) => [
        order.record.id,
        when(order.record.run.claimedAt),
        `${stepsOf(order, now)}${view.isGone(order) ? '; its runner is gone, the next tick goes on' : ''}`,
      ]),
      all: 'pushpals order list',
    },
    {
      title: 'Queue',
      rows: view.queue.map(({ record }, index) => [
        String(index + 1),
        record.id,
        record.formula,
        when(record.accepted.at),
        plainText(record.order.goal),
      ]),
      all: 'pushpals order list',
    },
    { title: 'Waits', rows: view.waiting.filter((order) => !needsPerson(order)).map(row), all: 'pushpals order list' },
    {
      title: 'Ended lately',
      rows: view.recent.map(({ order, at, subject }) => [
        order,
        exact ? at : `${when(at)} ago`,
        printable(subject.replace(/^order [^:]*: /, '')),
      ]),
      all: 'pushpals order list --all',
    },
  ];
}

/** Whether nothing goes on until somebody changes a file, decides, or mends this machine. */
const needsPerson = ({ record }: Waiting): boolean => PERSONAL.has(record.waiting.on);
const PERSONAL = new Set<string | undefined>(['policy', 'config', 'person', 'sandbox']);

const NEXT: Readonly<Record<string, string>> = {
  config: '→ pushpals validate',
  sandbox: '→ pushpals doctor',
  // The reason itself names the command.
  person: '',
};
const next = ({ record }: Waiting): string => NEXT[record.waiting.on ?? ''] ?? `→ pushpals order show ${record.id}`;

function stepsOf({ record }: ActiveOrder, now: number): string {
  const { steps } = record.run;
  const running = Object.entries(steps).flatMap(([key, status]) =>
    status.state === 'running' ? [`${key} for ${span(now - epochMs(status.startedAt as Instant))}`] : [],
  );
  const settled = Object.values(steps).filter(({ state }) => state !== 'pending' && state !== 'running').length;
  return `${String(settled)} of ${String(Object.keys(steps).length)} steps${running.length === 0 ? '' : `, ${running.join(', ')}`}`;
}

/** How many rows of each section fit, when each also takes its title and, where it is cut, a line that says so. */
function fitting(counts: readonly number[], room: number): readonly number[] {
  const height = (shown: readonly number[]): number =>
    shown.reduce((sum, rows, index) => sum + 1 + rows + (rows < (counts[index] ?? 0) ? 1 : 0), 0);
  const shown = [...counts];
  while (height(shown) > room && shown.some((rows) => rows > 1)) {
    // The longest section gives way, the least urgent of equals first.
    const longest = shown.lastIndexOf(Math.max(...shown));
    shown[longest] = (shown[longest] ?? 1) - 1;
  }
  return shown;
}

function lines({ title, rows, all }: Section, shown: number, { width, paint }: ScreenTraits): readonly string[] {
  const hidden = rows.length - shown;
  return [
    paint('strong', title),
    ...table(rows.slice(0, shown), width - 2).map((line) => `  ${line}`),
    ...(hidden > 0 ? [`  … and ${String(hidden)} more: ${all}`] : []),
  ];
}
