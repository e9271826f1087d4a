// one Node: whose order it is
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { composition } from '../../runner/compose.js';
import { joinLines } from '../../runner/app/join.js';
import type { OpsCommit } from '../../runner/app/ports/ops.js';
import { RUNNER } from '../../runner/app/tools.js';
import type { Result } from '../../runner/core/failure.js';
import { makeProject } from '../cli/program.js';
import { GIT_ENV, SEARCH_PATH } from '../git-repository.js';

const TEXT = 'goal: Go\nafter: [only-here]\n';
const REJECTED = 'rejected/2026/11/late';

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

/** The orders of the branch after two lines met of which the shared one turned `inbox/late.yml` down, and the one here took it in. */
async function joined(isCommitted: boolean): Promise<readonly string[]> {
  const project = await makeProject('host', {});
  const own = composition({
    env: GIT_ENV,
    searchPath: SEARCH_PATH,
    self: { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
    pid: process.pid,
    nodePath: process.execPath,
    programDir: resolve('.'),
    version: '0.0.0',
  });
  const repo = valueOf(await own.openRepo(project.dir));
  try {
    const { tools } = valueOf(await own.connect(repo, () => undefined, false));
    const commit = (subject: string, files: Readonly<Record<string, string | null>>): OpsCommit => ({
      subject,
      trailers: [],
      author: RUNNER,
      at: tools.clock.now(),
      files: Object.entries(files).map(([path, content]) => ({ path, content })),
    });
    const start = await tools.ops.tip();
    const base = valueOf(
      await tools.ops.append(start, [commit('base', isCommitted ? { 'inbox/late.yml': TEXT } : { 'x.md': 'x' })]),
    );
    const gone = isCommitted ? { 'inbox/late.yml': null } : {};
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
    const ours = valueOf(
      await tools.ops.append(base, [commit('ours', { ...gone, 'queue/late.yml': stringify(record) })]),
    );
    const theirs = valueOf(
      await tools.ops.append(base, [
        commit('theirs', { ...gone, [`${REJECTED}.yml`]: TEXT, [`${REJECTED}.error.md`]: 'no such order' }),
      ]),
    );
    const { tip } = valueOf(await joinLines(tools, base, ours, theirs));
    const files = await tools.repository.files(tip, ['queue', 'rejected', 'inbox']);
    return files.map(({ path }) => path).filter((path) => path.includes('late'));
  } finally {
    repo.close();
    await own.close();
    await project.remove();
  }
}

test('a committed order that the shared line turned down is not taken in beside that', async () => {
  assert.equal(await joined(true), [`${REJECTED}.error.md`, `${REJECTED}.yml`]);
});

test('an order of this machine whose name another one had that was turned down gets another name', async () => {
  assert.equal(await joined(false), ['queue/late-2.yml', `${REJECTED}.error.md`, `${REJECTED}.yml`]);
});

test.run();
