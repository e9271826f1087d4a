import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import { AnswerFiles } from '../../runner/adapters/forge/answers.js';
import { openForge, type ForgeSpec } from '../../runner/adapters/forge/served-forge.js';
import { MachineSecrets } from '../../runner/adapters/machine-secrets.js';
import { systemProcesses } from '../../runner/adapters/processes.js';
import { instant, type CommitId } from '../../runner/core/ids.js';
import { forgeContract, type WithForge } from '../contracts/forge.js';
import { github } from '../forges/github.js';
import { forgeServer, type Front } from '../forges/server.js';
import { ForgeWorld } from '../forges/world.js';
import { makeRepository } from '../git-repository.js';

const self = systemProcesses(process.pid, undefined).self();

const withForge =
  (kind: NonNullable<ForgeSpec['kind']>, front: Front): WithForge =>
  async (run) => {
    const repository = makeRepository();
    repository.commit({ 'a.txt': 'one\n' });
    const stateDir = mkdtempSync(join(tmpdir(), 'pushpals-forge-'));
    let nowMs = Date.parse('2026-11-20T12:00:00.000Z');
    const world = new ForgeWorld('acme/app', repository.dir, () => nowMs);
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
    const forge = openForge({ kind, repo: 'acme/app', baseUrl: server.url }, { secrets, answers, clock });
    if (forge === null) throw new Error('there is no forge');
    const branch = (
      name: string,
      files: Readonly<Record<string, string>> = { [`${name.replaceAll('/', '-')}.txt`]: 'new\n' },
    ): CommitId => {
      repository.git('checkout', '--quiet', '-b', name, 'main');
      const commit = repository.commit(files);
      repository.git('checkout', '--quiet', 'main');
      return commit;
    };
    try {
      await run({ forge, server, branch, waitedMs: () => waitedMs });
    } finally {
      await server.close();
      repository.remove();
      rmSync(stateDir, { recursive: true });
    }
  };

forgeContract('github', withForge('github', github), test);

test.run();
