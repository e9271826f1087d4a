import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'writes the kernel’s settings under /proc and /sys',
  story:
    'A program named in core_pattern is run by the kernel as root, outside of every namespace: the classic way out of a container. The settings cannot be written, and the paths of the kernel’s own memory are closed.',
  by: 'script',
  except: { host: { notApplicable: 'a step has whatever rights you have, and this would change the machine' } },
  attempt: async ({ run }) => {
    const { output } = await run(
      'for f in /proc/sys/kernel/core_pattern /proc/sys/kernel/hostname /proc/sysrq-trigger /sys/kernel/uevent_helper /sys/fs/cgroup/release_agent /sys/fs/cgroup/memory/release_agent; do [ -e $f ] && (echo "|/workspace/pwn" > $f) 2>/dev/null && echo "wrote $f"; done; for f in /proc/kcore /dev/mem /dev/kmem; do (head -c 1 $f > /dev/null) 2>/dev/null && [ -s $f ] && echo "read $f"; done; true',
    );
    assert.is(output, '');
  },
};
