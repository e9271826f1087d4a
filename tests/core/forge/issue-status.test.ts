import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { issueStatus, type IssueStory } from '../../../runner/core/forge/issue-status.js';
import type { StoredOrder } from '../../../runner/core/record.js';
import type { OrderRecord } from '../../../runner/generated/types.js';

const AT = '2026-11-20T10:00:00.000Z';
const ROOT = 'issue-8-0123456789ab';
const SAID = 'The colours of @everyone are wrong in each of the files of this project';
const record = (id: string, more: Partial<OrderRecord> = {}): OrderRecord => ({
  id,
  order: { goal: 'g', context: SAID },
  formula: 'f',
  dedupe: id,
  accepted: { at: AT, from: 'issue #8', digest: '', actor: 'github:eve' },
  attempts: 1,
  ...more,
});
const queued = (id: string): StoredOrder => ({ state: 'queue', record: record(id) });
const ended = (
  state: 'done' | 'failed' | 'cancelled',
  id: string,
  end: Partial<NonNullable<OrderRecord['ended']>>,
): StoredOrder => ({ state, record: { ...record(id), ended: { at: AT, outcome: 'completed', ...end } } });
const asks = (id: string, request: string): StoredOrder => ({
  state: 'waiting',
  record: { ...record(id), waiting: { since: AT, on: 'approval', request, reason: 'may it ship?' } },
});
const told = (orders: readonly StoredOrder[], more: Partial<IssueStory> = {}): string =>
  issueStatus({ orders, rejected: null, isEdited: false, gone: null, requestUrl: () => null, ...more });
const LOOKED = ended('done', ROOT, {});
const child = `${ROOT}-file`;

test('each state is told in the words of the runner', () => {
  assert.is(
    told([queued(ROOT)]),
    `This is PushPals, the runner of this project. This issue is being worked on:\n\n- \`${ROOT}\` looks into it: waits for its turn\n`,
  );
  assert.match(
    told([LOOKED, asks(child, 'q-1')]),
    new RegExp(
      `A person is asked about this issue:\n\n- .*: done\n- \`${child}\`: waits for a person: \`pushpals vault show q-1\``,
    ),
  );
  const url = 'https://forge.example/acme/app/pulls/3';
  assert.ok(told([asks(ROOT, 'q-1')], { requestUrl: () => url }).includes(`waits for a person: ${url}\n`));
  const commit = 'c'.repeat(40);
  const shipped = ended('done', child, { outcome: 'shipped', branch: `pushpals/${child}`, commit });
  assert.match(told([LOOKED, shipped]), new RegExp(`is done:[^]*done: ${commit} on \`pushpals/${child}\`\n$`));
  const merged = ended('done', child, { outcome: 'shipped', branch: 'b', commit, into: 'main' });
  assert.match(told([LOOKED, merged]), /in `main`\n$/);
  assert.match(told([queued(ROOT)], { isEdited: true }), /It was edited after it was taken in/);
  assert.not.match(told([LOOKED], { isEdited: true }), /edited/);
  assert.match(
    told([queued(child)], { gone: 'issue #8 was closed' }),
    new RegExp(`Issue #8 was closed; work had begun, and goes on. \`pushpals order cancel ${child}\` ends it.`),
  );
  const withdrawn = ended('cancelled', ROOT, { outcome: 'withdrawn', reason: 'issue #8 was closed' });
  assert.match(
    told([withdrawn]),
    /was cancelled:[^]*issue #8 was closed[^]*goes on when the issue is open and has its label/,
  );
});

test('why it failed stands where it mentions nobody, and nothing stands there that the issue says', () => {
  const failed = (why: string): string =>
    told([
      LOOKED,
      ended('failed', child, { outcome: 'failed', failure: { class: 'output-invalid', step: 'look', why } }),
    ]);
  const text = failed('no @ada, no ``` and no\u202e end');
  assert.match(text, /The work on this issue failed:/);
  assert.match(text, /^````text\n[^]*no @ada, no ``` and no\ufffd end[^]*^````$/m);
  assert.match(text, new RegExp(`pushpals order retry ${child}`));
  const theirs = failed(`it repeats what was said outside (“${SAID}”)`);
  assert.not.match(theirs, /colours/);
  assert.match(theirs, /Its record says why\./);
  assert.ok(failed('x'.repeat(1_000_000)).length < 5_000);
});

test('what was not taken in says why, and where', () => {
  const path = `rejected/2026/11/${ROOT}.error.md`;
  const text = told([], { rejected: { path, says: 'secret-found: a key' } });
  assert.match(text, /This issue was not taken in:\n\n```text\nsecret-found: a key\n```/);
  assert.ok(text.includes(path));
  assert.match(text, /Edit the issue, and it is looked at anew\./);
});

test.run();
