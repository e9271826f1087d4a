import { execFileSync } from 'node:child_process';
import * as assert from 'uvu/assert';
import { OPS, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'approves by a commit that also adds a file with a line break or `git~1` in its name',
  story:
    'A commit whose names confuse a parser or are taken for `.git` on another file system could stop every tick. It is no approval, and the orders beside it are done.',
  by: 'anybody',
  attempt: async () => {
    for (const bad of ['a\nb', 'git~1'])
      await withVault({}, async (vault) => {
        await vault.drop('go', 'm');
        const id = await vault.request();
        await vault.as('eve');
        await vault.ops('mv', `vault/pending/${id}.yml`, `vault/approved/${id}.yml`);
        const blob = await vault.git('hash-object', '-w', 'README.md');
        const git = (args: readonly string[], input?: Buffer): Buffer =>
          execFileSync('git', args, { cwd: vault.dir, ...(input === undefined ? {} : { input }) });
        const entries = git(['ls-tree', '-z', await vault.ops('write-tree')]);
        const tree = git(['mktree', '-z'], Buffer.concat([entries, Buffer.from(`100644 blob ${blob}\t${bad}\0`)]));
        const commit = await vault.git('commit-tree', tree.toString().trim(), '-p', OPS, '-m', 'x');
        await vault.git('update-ref', OPS, commit);
        const tick = await vault.drop('low', 'l');
        assert.is(await vault.state('low'), 'done', tick.stderr);
        assert.is(await vault.state('go'), 'waiting');
      });
  },
};
