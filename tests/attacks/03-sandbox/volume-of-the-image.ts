import Docker from 'dockerode';
import * as assert from 'uvu/assert';
import { DockerDriver } from '../../../runner/adapters/sandbox/docker.js';
import { withSandbox } from '../../contracts/sandbox-rig.js';
import type { Attack } from '../attack.js';

const IMAGE = 'pushpals-attack-volume:1';
const OWNER = { uid: 61347, gid: 61347 };

export const attack: Attack = {
  title: 'leaves a program in a volume that the image declares, for the step that has the sandbox after it',
  story:
    'For each `VOLUME` of an image (those of databases do so, and let everybody write there) an engine makes a folder on its disk, beside the read-only root: bounded by nothing, emptied by nobody, and the same for every step in the container. Each is in memory instead, and made as new as all else is.',
  by: 'project',
  except: { bubblewrap: { notApplicable: 'there is no image' }, host: { notApplicable: 'there is no image' } },
  attempt: async () => {
    const engine = new Docker();
    const script = 'mkdir /data /data/folder && echo kept > /data/of-the-image && chmod -R 777 /data';
    const made = await engine.createContainer({ Image: 'pushpals-test:1', Cmd: ['/bin/sh', '-c', script] });
    try {
      await made.start();
      await made.wait();
      await made.commit({ repo: IMAGE.split(':')[0], tag: '1', changes: 'VOLUME /data' });
      const traits = { isolates: true, boundsMemory: true, image: IMAGE };
      await withSandbox(new DockerDriver(OWNER, {}, '/usr/bin:/bin'), traits, async ({ run, sandbox }) => {
        const first = await run('echo x > /data/left && stat -f -c %T /data; ls -R /data');
        assert.match(first.output, /^tmpfs\n[^]*left/, 'it can be written, and is bounded as memory is');
        sandbox.renew();
        assert.not.match((await run('ls -RA /data')).output, /left|folder/);
      });
    } finally {
      await made.remove({ force: true });
      await engine.getImage(IMAGE).remove({ force: true });
    }
  },
};
