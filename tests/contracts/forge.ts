import * as assert from 'uvu/assert';
import type { Forge, ForgeUnavailable } from '../../runner/app/ports/forge.js';
import type { CommitId } from '../../runner/core/ids.js';
import type { Result } from '../../runner/core/failure.js';
import type { ForgeServer } from '../forges/server.js';

type Register = (name: string, run: () => Promise<void>) => void;

/** A forge with a repository behind it: `main` has `a.txt`, and each branch that is asked for one commit more. */
export interface ForgeRig {
  readonly forge: Forge;
  readonly server: ForgeServer;
  /** Makes a branch with a commit of its own. */
  readonly branch: (name: string, files?: Readonly<Record<string, string>>) => CommitId;
  /** How long it was waited, in milliseconds, all waits together. */
  readonly waitedMs: () => number;
}
export type WithForge = (run: (rig: ForgeRig) => Promise<void>) => Promise<void>;

export function told<T>(result: Result<T, ForgeUnavailable>): T {
  if (!result.ok) throw new Error(`${result.failure.problem}: ${result.failure.why}`);
  return result.value;
}
export function failed(result: Result<unknown, ForgeUnavailable>): ForgeUnavailable {
  if (result.ok) throw new Error('it answered');
  return result.failure;
}

const WANTED = {
  head: 'pushpals/fix',
  base: 'main',
  title: 'Mend it',
  body: 'It is mended.',
  labels: ['agent'],
  reviewers: ['carol'],
  draft: false,
};

/** What every forge must hold, whatever its API. */
export function forgeContract(name: string, withForge: WithForge, register: Register): void {
  const test = (what: string, run: (rig: ForgeRig) => Promise<void>): void => {
    register(`${name}: ${what}`, () => withForge(run));
  };

  test('a pull request is opened whole', async ({ forge, server, branch }) => {
    const commit = branch('pushpals/fix');
    const { pull, isAdopted, unmet } = told(await forge.openPull(WANTED));
    const { number, url, updatedAt, mergeable, ...facts } = pull;
    assert.equal(facts, {
      title: 'Mend it',
      body: 'It is mended.',
      state: 'open',
      isDraft: false,
      head: { branch: 'pushpals/fix', commit, isOwn: true },
      base: 'main',
      labels: ['agent'],
      author: 'pals',
      merged: null,
      closedBy: null,
    });
    assert.is(isAdopted, false);
    assert.equal(unmet, []);
    assert.ok(url.startsWith(server.url) && updatedAt.endsWith('Z') && mergeable !== false && number > 0);
    assert.equal([...(server.world.pulls[0]?.reviewers ?? [])], ['carol']);
  });

  test('what is open for that head and base is adopted, with what is missing, and nothing of it is done twice', async ({
    forge,
    server,
    branch,
  }) => {
    branch('pushpals/fix');
    const first = told(await forge.openPull({ ...WANTED, labels: [], reviewers: [] }));
    const again = told(await forge.openPull({ ...WANTED, title: 'Another' }));
    assert.is(again.isAdopted, true);
    assert.is(again.pull.number, first.pull.number);
    assert.is(again.pull.title, 'Mend it');
    assert.equal(again.pull.labels, ['agent']);
    const { changes } = server.world;
    told(await forge.openPull(WANTED));
    assert.is(server.world.changes, changes);
    assert.is(server.world.pulls.length, 1);
  });

  test('the answer is lost when it was opened: it is found again', async ({ forge, server, branch }) => {
    branch('pushpals/fix');
    server.fail({ fault: 'lost' }, 1, ({ method, path }) => method === 'POST' && /(pulls|merge_requests)$/.test(path));
    assert.is(failed(await forge.openPull(WANTED)).problem, 'unreachable');
    const { isAdopted } = told(await forge.openPull(WANTED));
    assert.is(isAdopted, true);
    assert.is(server.world.pulls.length, 1);
  });
}
