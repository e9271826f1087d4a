import { test } from 'uvu';
import * as assert from 'uvu/assert';
import stringWidth from 'string-width';
import { markdownScreen, patchScreen } from '../../../runner/cli/screens/markdown.js';
import { statusScreen, type StatusView } from '../../../runner/cli/screens/status.js';
import { cut, table } from '../../../runner/cli/table.js';
import type { Standing } from '../../../runner/core/triggers/standing.js';
import type { Instant } from '../../../runner/core/ids.js';
import type { ActiveOrder, StoredOrder } from '../../../runner/core/record.js';

const plain = (_: string, text: string): string => text;
const at = (time: string): Instant => `2026-01-02T${time}.000Z` as Instant;
const record = (id: string, more: object = {}): object => ({
  id,
  order: { goal: `Mend ${id}` },
  formula: 'lint-fixer',
  dedupe: id,
  accepted: { at: at('10:00:00'), from: 'inbox', digest: '', actor: 'ada' },
  attempts: 0,
  ...more,
});
const waiting = (id: string, on: string, reason: string, more: object = {}): never =>
  ({ state: 'waiting', record: record(id, { waiting: { since: at('11:00:00'), on, reason, ...more } }) }) as never;
const queued = (id: string): StoredOrder => ({ state: 'queue', record: record(id) }) as StoredOrder;
const active = {
  state: 'active',
  record: record('deps', {
    run: {
      claimedAt: at('11:58:00'),
      claimant: { host: 'h', pid: 1 },
      steps: {
        setup: { state: 'succeeded', attempt: 1 },
        bump: { state: 'running', attempt: 1, startedAt: at('11:59:15') },
        ship: { state: 'pending' },
      },
    },
  }),
} as unknown as ActiveOrder;
const PAUSE = { by: 'Ada', at: at('11:00:00'), reason: 'a release', now: false };
const standing = (id: string, state: Standing['state'], next: Instant | null, record: object = {}): Standing => ({
  id,
  watches: 'branch main',
  formula: 'lint-fixer',
  state,
  record: record as never,
  next,
});
const VIEW: StatusView = {
  now: at('12:00:00'),
  pause: null,
  remote: null,
  forge: null,
  mirrors: [],
  waiting: [
    waiting('later', 'time', 'attempt 1 failed (step-failed); tries again', { until: at('12:05:00') }),
    waiting('risky', 'policy', 'its tier is high, which needs an approval'),
    waiting('odd', 'config', 'the formula odd has errors'),
  ],
  active: [active],
  queue: [queued('first'), queued('second'), queued('third')],
  results: new Map(),
  turns: new Map([
    ['first', { position: 1, startsInMs: 0 }],
    ['second', { position: 2, startsInMs: 4 * 60_000 }],
    ['third', { position: 3, startsInMs: null, why: 'no run of lint-fixer has ended lately' }],
  ]),
  recent: [
    {
      commit: 'c' as never,
      at: at('11:50:00'),
      subject: 'order fix: active → done (shipped)',
      order: 'fix',
      event: 'finish',
    },
  ],
  broken: [],
  triggers: [
    standing('deps', 'suspended', null, {
      suspended: { since: at('10:00:00'), why: '10 of its orders in a row failed or could not be made' },
    }),
    standing('nightly', 'counts', at('15:00:00')),
    standing('overdue', 'counts', at('12:00:00')),
    standing('moved', 'new', null),
  ],
  watch: null,
  lastTickAt: null,
  isGone: () => false,
};
const screen = (view: StatusView, traits: { width?: number; height?: number; exact?: boolean } = {}): string =>
  statusScreen(view, { width: Infinity, height: Infinity, exact: false, paint: plain, ...traits }).join('\n');

test('what waits for a person comes first, each with the command that goes on', () => {
  assert.is(
    screen(VIEW),
    `Waits for you
  risky         60 min  its tier is high, which needs an approval
    → pushpals order show risky
  odd           60 min  the formula odd has errors
    → pushpals validate
  trigger deps  2 h     suspended: 10 of its orders in a row failed or could not be made
    → pushpals trigger resume deps
Running
  deps  2 min  1 of 3 steps, bump for 45 s
Queue
  1  first   lint-fixer  2 h  next            Mend first
  2  second  lint-fixer  2 h  in about 4 min  Mend second
  3  third   lint-fixer  2 h  start unknown   Mend third
Waits
  later  60 min  attempt 1 failed (step-failed); tries again (in 5 min)
Triggers
  nightly  in 3 h       lint-fixer
  overdue  due          lint-fixer
  moved    branch main  lint-fixer
Ended lately
  fix  10 min ago  active → done (shipped)`,
  );
});

test('instants on demand, and a runner that is gone', () => {
  const lines = screen({ ...VIEW, isGone: () => true }, { exact: true });
  assert.match(lines, /deps {2}2026-01-02T11:58:00\.000Z {2}1 of 3 steps, bump for 45 s; its runner is gone/);
  assert.match(lines, /\(until 2026-01-02T12:05:00\.000Z\)/);
});

test('no line is wider than the terminal, no screen longer, and what is left out is said', () => {
  const many: StatusView = {
    ...VIEW,
    queue: Array.from({ length: 60 }, (_, index) => queued(`order-${String(index)}`)),
  };
  for (const [width, height] of [
    [80, 24],
    [40, 24],
    [40, 14],
  ] as const) {
    const lines = screen(many, { width, height }).split('\n');
    assert.ok(lines.length < height, `${String(lines.length)} lines`);
    // Commands are never cut.
    for (const line of lines) assert.ok(stringWidth(line) <= width || /^ *(→|…)/.test(line), line);
    assert.ok(lines.some((line) => /… and \d+ more: pushpals order list/.test(line)));
    assert.match(lines.join('\n'), /risky[^]*→ pushpals order show risky/);
  }
});

test('files that cannot be read do not push the rest off the screen', () => {
  const broken = Array.from({ length: 50 }, (_, index) => `queue/${String(index)}.yml`);
  const lines = screen({ ...VIEW, broken, pause: PAUSE }, { width: 80, height: 24 }).split('\n');
  assert.ok(lines.length < 24, String(lines.length));
  assert.match(lines.join('\n'), /… and 47 more files/);
});

test('nothing to show is said in one line', () => {
  const empty = { ...VIEW, waiting: [], active: [], queue: [], recent: [], triggers: [] };
  assert.is(screen(empty), 'Nothing waits, runs or is queued. Drop an order into ops/inbox/.');
  assert.is(
    screen({ ...empty, pause: PAUSE }),
    'PAUSED for 60 min by Ada: a release\n  nothing starts → pushpals resume',
  );
  assert.match(screen({ ...VIEW, pause: { ...PAUSE, now: true } }), /deps .*; handed back by the pause/);
});

test('the last line says who ticks', () => {
  const last = (more: Partial<StatusView>): string | undefined =>
    screen({ ...VIEW, ...more })
      .split('\n')
      .at(-1);
  assert.is(last({ lastTickAt: at('11:55:00') }), 'last tick 5 min ago; no watch runs here');
  assert.is(
    last({ lastTickAt: at('11:59:59'), watch: { pid: 7, since: at('11:00:00') } }),
    'watch runs (pid 7, for 60 min)',
  );
});

test('hostile text in an order moves nothing on the screen', () => {
  const lines = screen({
    ...VIEW,
    queue: [{ state: 'queue', record: { ...record('x'), order: { goal: '\u001b[2Jgone\nnext\u202e' } } } as never],
  });
  assert.not.match(lines, /[\u001b\u202e]/);
  assert.match(lines, /x {2}lint-fixer {2}2 h +\[2Jgone next/);
});

test('columns line up with wide and combining characters, and cuts fall between characters', () => {
  const rows = table(
    [
      ['日本', 'a'],
      ['e\u0301', 'b'],
    ],
    Infinity,
  );
  assert.equal(
    rows.map((row) => stringWidth(row.slice(0, -1))),
    [6, 6],
  );
  assert.is(cut('日本語テキスト', 7), '日本語…');
  assert.is(cut('short', 5), 'short');
});

test('a report is laid out, and text that looks like a command to the terminal is shown', () => {
  const lines = markdownScreen(
    '# `fix`: shipped\n\n> Mend \u001b[31m it\n\n| step | note |\n|---|---|\n| a | x \\| y |\n| longer |  |\n\n- **Flaky**: [log](steps/01-a.log)\n',
    60,
    plain,
  );
  assert.equal(lines, [
    'fix: shipped',
    '',
    '  Mend \\x1b[31m it',
    '',
    'step    note',
    'a       x | y',
    'longer',
    '',
    '- Flaky: log: steps/01-a.log',
  ]);
});

test('a patch tells what came from what went', () => {
  const painted = patchScreen(
    '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new\n same\n',
    (style, text) => `${style}:${text}`,
  );
  assert.equal(painted, ['strong:--- a/x', 'strong:+++ b/x', 'dim:@@ -1 +1 @@', 'bad:-old', 'good:+new', ' same']);
});

test.run();
