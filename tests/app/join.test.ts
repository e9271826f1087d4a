// one Node: whose order it is
import { createHash } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { joinLines } from '../../runner/app/join.js';
import type { OpsCommit } from '../../runner/app/ports/ops.js';
import { RUNNER } from '../../runner/app/tools.js';
import { makeProject } from '../cli/program.js';
import { connected, valueOf } from './connected.js';

const TEXT = 'goal: Go\nafter: [only-here]\n';
const REJECTED = 'rejected/2026/11/late';

/** The files of one order after two lines met of which the shared one turned `inbox/late.yml` down, and the one here took it in. */
const joined = async (isCommitted: boolean): Promise<readonly string[]> =>
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
    const ours = await ops.append(base, [commit('ours', { ...gone, 'queue/late.yml': stringify(record) })]);
    const answer = { [`${REJECTED}.yml`]: TEXT, [`${REJECTED}.error.md`]: 'no such order' };
    const theirs = await ops.append(base, [commit('theirs', { ...gone, ...answer })]);
    const { tip } = valueOf(await joinLines(tools, base, valueOf(ours), valueOf(theirs)));
    const files = await tools.repository.files(tip, ['queue', 'rejected', 'inbox']);
    return files.map(({ path }) => path).filter((path) => path.includes('late'));
  });

test('a committed order that the shared line turned down is not taken in beside that', async () => {
  assert.equal(await joined(true), [`${REJECTED}.error.md`, `${REJECTED}.yml`]);
});

test('an order of this machine whose name another one had that was turned down gets another name', async () => {
  assert.equal(await joined(false), ['queue/late-2.yml', `${REJECTED}.error.md`, `${REJECTED}.yml`]);
});

test.run();
