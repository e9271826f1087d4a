import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { forecast, ordinal, type ForecastFacts } from '../../runner/core/forecast.js';
import { instant, type Instant } from '../../runner/core/ids.js';
import type { LoadedFormula, Observed } from '../../runner/core/observed.js';
import { HEAD_START_MS, byTurn, droppedFor, replacement, replacements } from '../../runner/core/queue.js';
import type { StoredOrder } from '../../runner/core/record.js';

type Priority = keyof typeof HEAD_START_MS;
const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 2);
const at = (ms: number): Instant => instant(START + ms);

function queued(id: string, acceptedMs: number, priority?: Priority, formula = 'f'): StoredOrder {
  const accepted = { at: at(acceptedMs), from: 'inbox', digest: '', actor: 'ada' };
  const order = { goal: id, ...(priority === undefined ? {} : { priority }) };
  return { state: 'queue', record: { id, order, formula, dedupe: id, accepted, attempts: 0 } };
}

const names = (orders: readonly StoredOrder[]): string =>
  [...orders]
    .sort(byTurn(at(24 * HOUR)))
    .map(({ record }) => record.id)
    .join(' ');

test('the more urgent first, then the older, then by name', () => {
  assert.is(
    names([
      queued('z', 1, 'background'),
      queued('b', 2),
      queued('a', 2, 'normal'),
      queued('n', 1, 'normal'),
      queued('i', 3, 'interactive'),
    ]),
    'i n a b z',
  );
});

test('an order that waited long enough goes before a more urgent one', () => {
  assert.is(names([queued('new', HOUR + 1, 'interactive'), queued('old', 0, 'normal')]), 'old new');
  assert.is(names([queued('new', HOUR - 1, 'interactive'), queued('old', 0, 'normal')]), 'new old');
  assert.is(names([queued('new', 5 * HOUR + 1, 'normal'), queued('old', 0, 'background')]), 'old new');
});

test('what people ask for goes before broken builds, the backlog, follow-ups and upkeep, and none of it starves', () => {
  const made = (id: string, ms: number, accepted: Partial<StoredOrder['record']['accepted']>, formula = 'f') => {
    const order = queued(id, ms, 'normal', formula);
    return {
      ...order,
      record: { ...order.record, accepted: { ...order.record.accepted, ...accepted } },
    } as StoredOrder;
  };
  const MINUTE = 60_000;
  const all = [
    made('upkeep', 0, { actor: 'trigger nightly' }),
    made('review', MINUTE, { actor: 'forge', work: 'follow-up' }),
    made('resolver', 2 * MINUTE, { actor: 'trigger stale' }, 'conflict-resolver'),
    made('issue', 3 * MINUTE, { actor: 'forge', work: 'backlog' }),
    made('build', 4 * MINUTE, { actor: 'trigger broken-main' }, 'ci-medic'),
    made('fired', 5 * MINUTE, { actor: 'trigger nightly', onBehalfOf: 'Ada <ada@example.org>' }),
    made('asked', 6 * MINUTE, {}),
  ];
  assert.is(names(all), 'fired asked build issue review resolver upkeep');
  assert.is(names([made('asked', 2 * HOUR + 1, {}), made('upkeep', 0, { actor: 'trigger nightly' })]), 'upkeep asked');
  assert.is(names([made('asked', 2 * HOUR - 1, {}), made('upkeep', 0, { actor: 'trigger nightly' })]), 'asked upkeep');
});

test('an order from the future is the oldest, but for a clock that is off by a little', () => {
  const now = at(0);
  const first = (orders: readonly StoredOrder[]): string | undefined => [...orders].sort(byTurn(now))[0]?.record.id;
  assert.is(first([queued('now', 0, 'interactive'), queued('tomorrow', 24 * HOUR, 'background')]), 'tomorrow');
  assert.is(first([queued('now', 0, 'interactive'), queued('soon', 2000, 'background')]), 'now');
});

const priority = fc.constantFrom<Priority>('interactive', 'normal', 'background');

test('every order is at some time first, whatever keeps coming in', () => {
  const arrivals = fc.array(fc.record({ gapMs: fc.integer({ min: 0, max: HOUR }), priority }), { maxLength: 60 });
  fc.assert(
    fc.property(priority, arrivals, (its, coming) => {
      const waits = queued('m', 0, its);
      const orders = [waits];
      let ms = 0;
      for (const [index, { gapMs, priority: next }] of coming.entries()) {
        ms += gapMs;
        orders.push(queued(`o${String(index)}`, ms, next));
      }
      const turn = orders.sort(byTurn(at(ms))).indexOf(waits);
      const before = orders.slice(0, turn);
      // Nothing that came in after its head start is before it, so that those before it only ever become fewer.
      return before.every(({ record }) => record.accepted.at <= at(HEAD_START_MS[its]));
    }),
  );
});

test('the order of the queue is one order, and time alone never changes it', () => {
  const order = fc
    .record({ id: fc.integer({ min: 0, max: 99 }), ms: fc.integer({ min: 0, max: 9 * HOUR }), priority })
    .map(({ id, ms, priority: its }) => queued(`o${String(id)}`, ms, its));
  fc.assert(
    fc.property(fc.uniqueArray(order, { selector: ({ record }) => record.id, maxLength: 12 }), (orders) => {
      assert.is(
        [...orders]
          .sort(byTurn(at(9 * HOUR)))
          .map(({ record }) => record.id)
          .join(),
        [...orders]
          .reverse()
          .sort(byTurn(at(99 * HOUR)))
          .map(({ record }) => record.id)
          .join(),
      );
    }),
  );
});

function formulas(conflicts: Readonly<Record<string, 'queue' | 'replace' | 'drop'>>): Observed['formulas'] {
  return new Map(
    Object.entries(conflicts).map(([name, conflict]) => [
      name,
      {
        ok: true as const,
        value: { formula: { formula: name, concurrency: { group: 'g', 'on-conflict': conflict } } } as LoadedFormula,
      },
    ]),
  );
}

test('the newest order of a group that replaces takes the place of every older one', () => {
  const loaded = formulas({ f: 'queue', r: 'replace' });
  const [one, two, three, four] = [
    queued('one', 1),
    queued('two', 2, 'normal', 'r'),
    queued('three', 3, 'normal', 'r'),
    queued('four', 4),
  ] as const;
  const newest = replacements([four, three, one, two], loaded);
  const by = (order: StoredOrder): string | undefined => replacement(order, newest, loaded)?.record.id;
  assert.equal([one, two, three, four].map(by), ['three', 'three', undefined, undefined]);
  const failure = { class: 'outcome-unknown' };
  const waiting = { since: at(0), on: 'person' as const, reason: 'who knows', failure };
  assert.is(by({ state: 'waiting', record: { ...one.record, waiting } }), undefined);
});

test('a group that drops takes no order while it has one', () => {
  const loaded = formulas({ f: 'queue', d: 'drop' });
  assert.is(droppedFor('d', [queued('one', 1)], loaded)?.record.id, 'one');
  assert.is(droppedFor('d', [queued('one', 1, 'normal', 'other')], loaded), null);
  assert.is(droppedFor('f', [queued('one', 1)], loaded), null);
});

const FACTS: ForecastFacts = {
  queue: [],
  active: [],
  slots: 2,
  paused: false,
  typicalMs: (formula) => ({ f: 60_000, long: 600_000 })[formula],
  group: () => undefined,
  heldUp: () => null,
};
const startsIn = (facts: Partial<ForecastFacts>): readonly (number | null)[] =>
  [...forecast({ ...FACTS, ...facts }).values()].map(({ startsInMs }) => startsInMs);

test('slots become free one after the other', () => {
  const queue = ['a', 'b', 'c', 'd', 'e'].map((id, index) => queued(id, index));
  assert.equal(startsIn({ queue }), [0, 0, 60_000, 60_000, 120_000]);
  const running = (formula: string, ranMs: number): ForecastFacts['active'][number] => ({
    order: queued('r', 0, 'normal', formula),
    ranMs,
  });
  assert.equal(
    startsIn({ queue, active: [running('f', 20_000), running('long', 0)] }).slice(0, 3),
    [40_000, 100_000, 160_000],
  );
  // One that takes longer than ever may end at any moment.
  assert.equal(startsIn({ queue, slots: 1, active: [running('f', 999_000)] }).slice(0, 2), [0, 60_000]);
  assert.equal(
    startsIn({ queue, slots: 1, active: [running('f', 0), running('long', 0)] }).slice(0, 2),
    [600_000, 660_000],
  );
});

test('a group holds up its own orders only', () => {
  const queue = [queued('a', 0), queued('b', 1), queued('c', 2)];
  const turns = forecast({ ...FACTS, queue, group: ({ record }) => (record.id === 'c' ? undefined : 'g') });
  assert.equal(
    [...turns].map(([id, { startsInMs, position }]) => [id, position, startsInMs]),
    [
      ['a', 1, 0],
      ['c', 3, 0],
      ['b', 2, 60_000],
    ],
  );
});

test('what nobody can know is said', () => {
  const queue = [queued('a', 0, 'normal', 'new'), queued('b', 1), queued('c', 2)];
  const turns = forecast({ ...FACTS, queue, slots: 1 });
  assert.equal(turns.get('a'), { position: 1, startsInMs: 0 });
  assert.equal(turns.get('c'), { position: 3, startsInMs: null, why: 'no run of new has ended lately' });
  assert.match(forecast({ ...FACTS, queue, paused: true }).get('a')?.why ?? '', /PAUSE/);
});

test('positions read as people say them', () => {
  assert.equal([1, 2, 3, 4, 11, 12, 21, 103].map(ordinal), [
    '1st',
    '2nd',
    '3rd',
    '4th',
    '11th',
    '12th',
    '21st',
    '103rd',
  ]);
});

test.run();
