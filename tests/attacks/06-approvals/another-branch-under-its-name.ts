import * as assert from 'uvu/assert';
import { withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'has the branches of two requests be one, so that a yes to one is a yes to the other',
  story:
    'Eve points the branch of a harmless request at that of another. Who merges it by hand has signed what the commit holds, and that alone; who uses the command is asked for what the request itself says. The other order is not done by it.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.drop('one', 'm');
      const one = await vault.request();
      await vault.drop('two', 'm');
      const { stdout } = await vault.pushpals(['vault', 'list', '--json']);
      const two = (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id).find((id) => id !== one) ?? '';
      await vault.git('branch', '-f', `vault/${two}`, `vault/${one}`);
      await vault.as('ada');
      const asked = await vault.pushpals(['vault', 'approve', two, '--yes']);
      await vault.tick();
      assert.is(await vault.state('one'), 'waiting', asked.stderr);
      const isTwo = (await vault.state('two')) === 'done';
      await vault.git('branch', '-f', `vault/${two}`, `vault/${one}`);
      await vault.ops('merge', '-q', '--no-ff', '-S', '-m', 'yes', `vault/${two}`).catch(() => '');
      await vault.tick();
      assert.is((await vault.state('two')) === 'done', isTwo, 'what was signed was the other one');
      assert.match((await vault.pushpals(['audit'])).stdout, /^nothing found/);
    }),
};
