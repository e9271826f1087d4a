import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

const TRIED = [
  'mknod /tmp/disk b 8 0',
  'mknod ./mem c 1 1',
  'mount -t tmpfs tmpfs /mnt',
  'mount -o remount,rw /',
  'mount --bind /proc/1/root /tmp',
  'umount /proc',
  'chroot / true',
  'hostname elsewhere',
  'chown 0:0 README.md',
  'swapoff -a',
] as const;

export const attack: Attack = {
  title: 'makes devices, mounts and other things that take a capability',
  story:
    'A device node is the whole disk, a mount is another view of the files. A step has no capability, and no way to get one: setuid programs give it nothing.',
  by: 'script',
  except: { host: { notApplicable: 'a step has whatever rights you have' } },
  attempt: async ({ run }) => {
    const { output } = await run(
      `${TRIED.map((command, index) => `${command} 2>/dev/null && echo "did ${String(index)}"`).join('\n')}\ngrep -E '^(Cap...|NoNewPrivs):' /proc/self/status`,
    );
    assert.not.match(output, /^did /m);
    assert.is((output.match(/^Cap(Prm|Eff|Bnd|Amb):\t0+$/gm) ?? []).length, 4, output);
    assert.match(output, /^NoNewPrivs:\t1$/m);
  },
};
