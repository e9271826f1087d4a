import Docker from 'dockerode';
import * as assert from 'uvu/assert';
import { DockerDriver } from '../../../runner/adapters/sandbox/docker.js';
import { withSandbox } from '../../contracts/sandbox-rig.js';
import type { Attack } from '../attack.js';

const IMAGE = 'pushpals-attack-health:1';
const OWNER = { uid: 61347, gid: 61347 };

export const attack: Attack = {
  title: 'has the health check of the image run a program of the work tree',
  story:
    'An image may say what its engine runs in every container of it, once in a while (`HEALTHCHECK CMD npm run health`): in the work tree, beside the step, and as the user of the first process, whom no step can end. What an agent put there would outlive its step. No container of a step has such a check.',
  by: 'project',
  except: { bubblewrap: { notApplicable: 'there is no image' }, host: { notApplicable: 'there is no image' } },
  attempt: async () => {
    const engine = new Docker();
    const made = await engine.createContainer({ Image: 'pushpals-test:1', Cmd: ['true'] });
    try {
      const changes = 'HEALTHCHECK --interval=1s CMD sh ./health.sh';
      await made.commit({ repo: IMAGE.split(':')[0], tag: '1', changes });
      const traits = { isolates: true, boundsMemory: true, image: IMAGE };
      await withSandbox(new DockerDriver(OWNER, {}, '/usr/bin:/bin'), traits, async ({ run }) => {
        const { output } = await run(
          `touch ran; chmod 666 ran; echo 'id -u >> /workspace/ran; while :; do kill -9 -1; done' > health.sh; sleep 2.5; cat ran`,
        );
        assert.is(output, '');
        assert.not.match((await run('cat /proc/[0-9]*/cmdline | tr "\\0" " "')).output, /health/);
      });
    } finally {
      await made.remove({ force: true });
      await engine.getImage(IMAGE).remove({ force: true });
    }
  },
};
