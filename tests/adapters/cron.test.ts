import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cron } from '../../runner/adapters/cron.js';
import { epochMs, instant, later, type Instant } from '../../runner/core/ids.js';

const HOUR_MS = 3_600_000;
const at = (text: string): Instant => instant(Date.parse(text));

/** The instants of an expression from one time to another, each asked for from the one before. */
function instants(expression: string, timezone: string, from: string, until: string): readonly string[] {
  const { next } = cron.schedule(expression, timezone);
  const found: string[] = [];
  for (let one = next(at(from)); one !== null && one <= at(until); one = next(one)) found.push(one.slice(5, 16));
  return found;
}

/** On the day when the clocks are put forward, on the day when they are put back. */
const DAYS: readonly (readonly [expression: string, timezone: string, from: string, until: string, string[]])[] = [
  // 2:30 does not exist on 29 March in Berlin: it is taken at 3:30 summer time.
  [
    '30 2 * * *',
    'Europe/Berlin',
    '2026-03-28T00:00Z',
    '2026-03-31T00:00Z',
    ['03-28T01:30', '03-29T01:30', '03-30T00:30'],
  ],
  // It exists twice on 25 October: it is taken the first time.
  [
    '30 2 * * *',
    'Europe/Berlin',
    '2026-10-24T00:00Z',
    '2026-10-27T00:00Z',
    ['10-24T00:30', '10-25T00:30', '10-26T01:30'],
  ],
  [
    '30 2 * * *',
    'America/New_York',
    '2026-03-07T00:00Z',
    '2026-03-10T00:00Z',
    ['03-07T07:30', '03-08T07:30', '03-09T06:30'],
  ],
  [
    '30 1 * * *',
    'America/New_York',
    '2026-10-31T00:00Z',
    '2026-11-03T00:00Z',
    ['10-31T05:30', '11-01T05:30', '11-02T06:30'],
  ],
  // Every hour is every hour that passes: 23 of them, or 25.
  [
    '0 * * * *',
    'Europe/Berlin',
    '2026-03-28T23:30Z',
    '2026-03-29T03:00Z',
    ['03-29T00:00', '03-29T01:00', '03-29T02:00', '03-29T03:00'],
  ],
  [
    '0 * * * *',
    'Europe/Berlin',
    '2026-10-24T23:30Z',
    '2026-10-25T03:00Z',
    ['10-25T00:00', '10-25T01:00', '10-25T02:00', '10-25T03:00'],
  ],
  [
    '@hourly',
    'America/New_York',
    '2026-11-01T04:30Z',
    '2026-11-01T07:30Z',
    ['11-01T05:00', '11-01T06:00', '11-01T07:00'],
  ],
  // What is taken later meets what is there anyway, and is one.
  ['*/30 2,3 * * *', 'Europe/Berlin', '2026-03-29T00:00Z', '2026-03-29T12:00Z', ['03-29T01:00', '03-29T01:30']],
  // A change of half an hour, and one at midnight.
  [
    '15 2 * * *',
    'Australia/Lord_Howe',
    '2026-10-02T00:00Z',
    '2026-10-05T00:00Z',
    ['10-02T15:45', '10-03T15:45', '10-04T15:15'],
  ],
  ['@daily', 'America/Havana', '2026-03-07T00:00Z', '2026-03-10T00:00Z', ['03-07T05:00', '03-08T05:00', '03-09T04:00']],
];

for (const [expression, timezone, from, until, expected] of DAYS) {
  test(`${expression} in ${timezone} from ${from}`, () => {
    assert.equal(instants(expression, timezone, from, until), expected);
  });
}

test('whoever asks, from wherever, forwards or backwards, gets the same instants', () => {
  const changes = [
    ['Europe/Berlin', '2026-03-29T01:00Z'],
    ['Europe/Berlin', '2026-10-25T01:00Z'],
    ['America/New_York', '2026-03-08T07:00Z'],
    ['America/New_York', '2026-11-01T06:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
    ['UTC', '2026-03-29T01:00Z'],
  ] as const;
  const expressions = ['30 2 * * *', '0 * * * *', '*/7 1-3 * * *', '15 1,2,3 * * *', '*/30 * * * *', '10 2 * * 0'];
  fc.assert(
    fc.property(
      fc.constantFrom(...changes),
      fc.constantFrom(...expressions),
      fc.integer({ min: -20 * HOUR_MS, max: 20 * HOUR_MS }),
      ([timezone, change], expression, offset) => {
        const { next, latest } = cron.schedule(expression, timezone);
        const start = later(at(change), offset);
        const all: Instant[] = [];
        const end = epochMs(at(change)) + 9 * 24 * HOUR_MS;
        for (let one = next(later(at(change), -9 * 24 * HOUR_MS)); one !== null && epochMs(one) < end; one = next(one))
          all.push(one);
        assert.is(
          next(start),
          all.find((one) => one > start),
        );
        assert.is(latest(start), all.filter((one) => one <= start).at(-1));
      },
    ),
    { numRuns: 60 },
  );
});

test('the last instant counts at the instant itself, and the next one does not', () => {
  const { next, latest } = cron.schedule('0 3 * * *', 'UTC');
  assert.is(latest(at('2026-11-20T03:00Z')), '2026-11-20T03:00:00.000Z');
  assert.is(next(at('2026-11-20T03:00Z')), '2026-11-21T03:00:00.000Z');
  assert.is(latest('2026-11-20T03:00:00.001Z' as Instant), '2026-11-20T03:00:00.000Z');
  assert.is(next('2026-11-20T02:59:59.999Z' as Instant), '2026-11-20T03:00:00.000Z');
});

test('a day that comes every four years', () => {
  const { next, latest } = cron.schedule('0 0 29 2 *', 'Europe/Berlin');
  assert.is(next(at('2026-11-20T00:00Z')), '2028-02-28T23:00:00.000Z');
  assert.is(latest(at('2026-11-20T00:00Z')), '2024-02-28T23:00:00.000Z');
});

const WRONG: readonly (readonly [expression: string, timezone: string, expected: RegExp])[] = [
  ['* * * * * *', 'UTC', /^expected five fields/],
  ['61 * * * *', 'UTC', /61/],
  ['0 0 30 2 *', 'UTC', /day of month/],
  ['@secondly', 'UTC', /^there is no `@secondly`; there are @yearly/],
  ['@daily x', 'UTC', /^there is no `@daily x`/],
  // A value by chance would be another one at each tick.
  ['H 3 * * *', 'UTC', /use `jitter`/],
  ['0 3 * * *', 'Mars/Olympus', /^there is no time zone `Mars\/Olympus`/],
];

for (const [expression, timezone, expected] of WRONG) {
  test(`${expression} in ${timezone} is refused`, () => {
    assert.match(cron.check(expression, timezone) ?? '', expected);
  });
}

test('what can be followed is not refused', () => {
  for (const expression of ['@daily', '0 3 * * 1-5', '*/5 * * * *', '0 0 L * *', '0 9 * * MON'])
    assert.is(cron.check(expression, 'Europe/Berlin'), null, expression);
});

test.run();
