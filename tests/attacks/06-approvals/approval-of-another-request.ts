import * as assert from 'uvu/assert';
import { withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'signs an approved file whose content is another request’s',
  story:
    'A signed commit puts the text of one request under the name of another that was never shown. It is compared with what was asked, byte for byte.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.drop('one', 'm');
      const one = await vault.request();
      const asked = (await vault.show('refs/heads/ops', `vault/pending/${one}.yml`)) ?? '';
      await vault.drop('two', 'm');
      const { stdout } = await vault.pushpals(['vault', 'list', '--json']);
      const two = (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id).find((id) => id !== one) ?? '';
      await vault.as('ada');
      await vault.ops('rm', '-q', `vault/pending/${two}.yml`);
      await vault.write(`ops/vault/approved/${two}.yml`, asked.replaceAll(one, two));
      await vault.ops('add', '.');
      await vault.ops('commit', '-q', '-S', '-m', 'yes');
      await vault.tick();
      assert.is(await vault.git('branch', '--list', 'pushpals/*'), '');
      assert.match(
        (await vault.show('refs/heads/ops', `vault/rejected/${two}.yml`)) ?? '',
        /what it asked about changed: order|not, byte for byte|is a request of something else|its subject is not/,
      );
    }),
};
