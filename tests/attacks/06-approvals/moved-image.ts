import { execFileSync } from 'node:child_process';
import * as assert from 'uvu/assert';
import { withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

const docker = (...args: readonly string[]): string => execFileSync('docker', args, { encoding: 'utf8' }).trim();

export const attack: Attack = {
  title: 'moves the tag of the image between the request and the start',
  story:
    'People approved that an order runs in an image by its tag. Whoever can push to the registry, or tag on the machine, has the tag mean another image. The approval names what the tag meant; it is void and asked anew.',
  by: 'project',
  except: {
    bubblewrap: { notApplicable: 'it has no images' },
    host: { notApplicable: 'it has no images' },
  },
  attempt: async () => {
    const tag = `pushpals-moved-${String(process.pid)}:1`;
    docker('tag', 'pushpals-test:1', tag);
    try {
      await withVault({ driver: 'docker' }, async (vault) => {
        const project = (await vault.show('HEAD', 'pushpals.yml')) ?? '';
        await vault.commit({ 'pushpals.yml': project.replace(/image: [^,\s}]+/, `image: ${tag}`) });
        await vault.drop('go', 'h');
        const first = await vault.request();
        await vault.as('ada');
        await vault.pushpals(['vault', 'approve', first, '--yes']);
        const other = docker('create', tag, 'true');
        docker('commit', '--change', 'LABEL evil=yes', other, tag);
        docker('rm', other);
        await vault.tick();
        assert.match(
          (await vault.show('refs/heads/ops', `vault/rejected/${first}.yml`)) ?? '',
          /what it asked about changed: the image pushpals-moved-\d+:1 is another one/,
        );
        assert.is.not(await vault.request(), first);
        assert.is(await vault.git('for-each-ref', 'refs/pushpals/runs/'), '');
      });
    } finally {
      docker('rmi', '--force', tag);
    }
  },
};
