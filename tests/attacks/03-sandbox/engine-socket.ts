import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'looks for the engine’s socket and for credentials of the host',
  story:
    'Whoever reaches the engine’s socket owns the machine, and a home folder holds keys. A step lists the usual places; nothing of them is there.',
  by: 'script',
  except: { host: { succeeds: 'a step is an ordinary process of the user’s' } },
  attempt: async ({ run }) => {
    const { output } = await run(
      'for p in /var/run/docker.sock /run/docker.sock /run/containerd /run/podman /root /etc/shadow /etc/ssh /proc/1/root/etc/shadow; do [ -e "$p" ] && [ -r "$p" ] && [ -n "$(ls -A "$p" 2>/dev/null)" ] && echo "there: $p"; done; true',
    );
    assert.is(output, '');
  },
};
