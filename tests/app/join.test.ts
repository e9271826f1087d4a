// one Node: whose order it is
import { createHash } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse, stringify } from 'yaml';
import type { Order } from '../../runner/generated/types.js';
import { joinLines } from '../../runner/app/join.js';
import type { OpsCommit } from '../../runner/app/ports/ops.js';
import { RUNNER } from '../../runner/app/tools.js';
import { makeProject } from '../cli/program.js';
import { connected, valueOf } from './connected.js';

const TEXT = 'goal: Go\nafter: [only-here]\n';
const REJECTED = 'rejected/2026/11/late';

/**
 * The files of orders, with their texts, after two lines met of which the shared one turned `inbox/late.yml` down, and the one here took it in. Another one waits for it there.
 */
const joined = async (isCommitted: boolean): Promise<Readonly<Record<string, string>>> =>
  connected(await makeProject('host'), false, async ({ tools }) => {
    const { ops } = tools;
    const commit = (subject: string, files: Readonly<Record<string, string | null>>): OpsCommit => ({
      subject,
      trailers: [],
      author: RUNNER,
      at: tools.clock.now(),
      files: Object.entries(files).map(([path, content]) => ({ path, content })),
    });
    const before = isCommitted ? { 'inbox/late.yml': TEXT } : { 'x.md': 'x' };
    const gone = isCommitted ? { 'inbox/late.yml': null } : {};
    const base = valueOf(await ops.append(await ops.tip(), [commit('base', before)]));
    const record = {
      id: 'late',
      order: { goal: 'Go', after: ['only-here'] },
      formula: 'lint-fixer',
      dedupe: 'late',
      accepted: {
        at: '2026-11-20T09:00:00.000Z',
        from: 'inbox/late.yml',
        digest: createHash('sha256').update(TEXT).digest('hex'),
        actor: 'Ada <ada@example.org>',
      },
      attempts: 0,
    };
    const next = {
      ...record,
      id: 'next',
      order: { goal: 'Go on', after: ['late'] },
      dedupe: 'next',
      waiting: { on: 'order', reason: 'waits for late', since: '2026-11-20T09:00:01.000Z' },
    };
    const orders = { 'queue/late.yml': stringify(record), 'waiting/next.yml': stringify(next) };
    const ours = await ops.append(base, [commit('ours', { ...gone, ...orders })]);
    const answer = { [`${REJECTED}.yml`]: TEXT, [`${REJECTED}.error.md`]: 'no such order' };
    const theirs = await ops.append(base, [commit('theirs', { ...gone, ...answer })]);
    const { tip } = valueOf(await joinLines(tools, base, valueOf(ours), valueOf(theirs)));
    const files = await tools.repository.files(tip, ['queue', 'waiting', 'rejected', 'inbox']);
    const named = files.filter(({ path }) => /late|next/.test(path));
    const texts = await tools.repository.blobs(named.map(({ blob }) => blob));
    return Object.fromEntries(
      named.map(({ path, blob }) => [path, Buffer.from(texts.get(blob) ?? '').toString('utf8')]),
    );
  });

const followed = (text = ''): unknown => (parse(text) as { order: Order }).order.after;

test('a committed order that the shared line turned down is not taken in beside that', async () => {
  const files = await joined(true);
  assert.equal(Object.keys(files).sort(), [`${REJECTED}.error.md`, `${REJECTED}.yml`, 'waiting/next.yml']);
  assert.equal(followed(files['waiting/next.yml']), ['late']);
});

test('an order of this machine whose name another one had that was turned down gets another name, and is come after by it', async () => {
  const files = await joined(false);
  const queued = ['queue/late-2.yml', 'queue/next.yml'];
  assert.equal(Object.keys(files).sort(), [...queued, `${REJECTED}.error.md`, `${REJECTED}.yml`].sort());
  assert.equal(followed(files['queue/next.yml']), ['late-2']);
  assert.not.match(files['queue/next.yml'] ?? '', /waiting:/);
});

test.run();
