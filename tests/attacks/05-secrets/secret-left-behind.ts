import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { CANARY, assertUnseen, withCanary } from '../canary.js';

export const attack: Attack = {
  title: 'looks for the secret of the step before it, in files, memory and processes',
  story:
    'One step is handed a secret, keeps it wherever it can (temporary folders, home, shared memory, the git directory, its outputs, a process that stays), and ends well. The next one goes on in its work tree, was granted nothing, and looks everywhere.',
  by: 'project',
  except: { host: { succeeds: 'nothing is isolated: a step can leave files anywhere that its user may write' } },
  attempt: (target) =>
    withCanary(target, async () => {
      const keep = `for place in /tmp "$HOME" /dev/shm /git .git "$PUSHPALS_OUT/.." /pushpals/out; do
  printf %s "$CANARY" > "$place/left-behind" 2>/dev/null; done
(sleep 60 &) ; git -c user.name=a -c user.email=a@b commit -q --allow-empty -m "$CANARY" || :`;
      const look = `(env; cat /tmp/left-behind "$HOME"/left-behind /dev/shm/left-behind /git/left-behind .git/left-behind /pushpals/out/* /pushpals/out/*/* /proc/[0-9]*/environ
git log --all --format=%B; git reflog) 2>/dev/null | tr '\\0' '\\n' | sed 's/\\(.\\)/\\1,/g'; rm -f /tmp/left-behind "$HOME"/left-behind /dev/shm/left-behind; echo looked`;
      const steps = [
        { id: 'get', run: keep, secrets: ['CANARY'] },
        { id: 'look', needs: ['get'], run: look },
      ];
      const { failure, written } = await target.step('', { formula: { steps } });
      assert.is(failure, null, written.slice(0, 2000));
      assert.match(written, /looked/);
      // Letter by letter, so that no mask would hide that it was found.
      assert.not.ok(written.includes([...CANARY].join(',')));
      assertUnseen(written);
    }),
};
