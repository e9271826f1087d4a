// deadline: 240s
// one Node: what differs between forges is theirs, and all of them are reached by one way of our own
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import { AnswerFiles } from '../../runner/adapters/forge/answers.js';
import { openForge, type ForgeSpec } from '../../runner/adapters/forge/served-forge.js';
import { MachineSecrets } from '../../runner/adapters/machine-secrets.js';
import { systemProcesses } from '../../runner/adapters/processes.js';
import { instant, type CommitId } from '../../runner/core/ids.js';
import { forgeContract, type WithForge } from '../contracts/forge.js';
import { gitea } from '../forges/gitea.js';
import { github } from '../forges/github.js';
import { gitlab } from '../forges/gitlab.js';
import { forgeServer, type Front } from '../forges/server.js';
import { ForgeWorld } from '../forges/world.js';
import { GIT_ENV } from '../git-repository.js';

const self = systemProcesses(process.pid, undefined).self();

/** A bare repository with a commit on `main`, made once and copied for each test. */
const template = mkdtempSync(join(tmpdir(), 'pushpals-forge-'));
execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', '--template=', template], { env: GIT_ENV });
commitOn(template, 'main', { 'a.txt': 'one\n' }, null);
test.after(() => {
  rmSync(template, { recursive: true });
});

function commitOn(dir: string, name: string, files: Readonly<Record<string, string>>, from: string | null): void {
  const lines = Object.entries(files).map(
    ([path, text]) => `M 100644 inline ${path}\ndata ${String(Buffer.byteLength(text))}\n${text}\n`,
  );
  const head = `commit refs/heads/${name}\ncommitter Ada <ada@example.org> 1700000000 +0000\ndata 4\nwork\n`;
  const input = `${head}${from === null ? '' : `from refs/heads/${from}^0\n`}${lines.join('')}`;
  execFileSync('git', ['fast-import', '--quiet'], { cwd: dir, env: GIT_ENV, input });
}

const withForge =
  (kind: NonNullable<ForgeSpec['kind']>, front: Front): WithForge =>
  async (run) => {
    const stateDir = mkdtempSync(join(tmpdir(), 'pushpals-forge-'));
    const dir = join(stateDir, 'app.git');
    cpSync(template, dir, { recursive: true });
    let nowMs = Date.parse('2026-11-20T12:00:00.000Z');
    const world = new ForgeWorld('acme/app', dir, () => nowMs);
    for (const who of ['pals', 'carol']) world.people.set(who, 'write');
    world.people.set('mallory', 'read');
    world.tokens.set('the-token', {
      login: 'pals',
      scopes: ['repo', 'api', 'write:repository', 'write:issue', 'read:user'],
      areas: null,
    });
    const server = await forgeServer(world, front);
    let waitedMs = 0;
    const clock = {
      now: () => instant(nowMs),
      sleep: (ms: number): Promise<void> => {
        waitedMs += ms;
        nowMs += ms;
        return Promise.resolve();
      },
    };
    const secrets = new MachineSecrets({ PUSHPALS_FORGE_TOKEN: 'the-token' }, '', [], 0);
    const answers = new AnswerFiles({ stateDir, self }, () => new Date(nowMs));
    const said: string[] = [];
    const tell = (text: string): void => {
      said.push(text);
    };
    const forge = openForge({ kind, repo: 'acme/app', baseUrl: server.url }, { secrets, answers, clock, tell });
    if (forge === null) throw new Error('there is no forge');
    const branch = (
      name: string,
      files: Readonly<Record<string, string>> = { [`${name.replaceAll('/', '-')}.txt`]: 'new\n' },
    ): CommitId => {
      commitOn(dir, name, files, 'main');
      return world.tip(name) as CommitId;
    };
    try {
      await run({ forge, server, branch, waitedMs: () => waitedMs, said });
    } finally {
      await server.close();
      rmSync(stateDir, { recursive: true });
    }
  };

const ALL = {
  saysWhoClosed: true,
  requiresByName: true,
  saysScopes: true,
  saysReviewedCommit: true,
  mayGuessMergers: false,
};

forgeContract('github', ALL, withForge('github', github), test);
forgeContract(
  'gitea',
  { ...ALL, saysWhoClosed: false, saysScopes: false, mayGuessMergers: true },
  withForge('gitea', gitea),
  test,
);
forgeContract(
  'gitlab',
  { ...ALL, requiresByName: false, saysReviewedCommit: false },
  withForge('gitlab', gitlab),
  test,
);

test.run();
