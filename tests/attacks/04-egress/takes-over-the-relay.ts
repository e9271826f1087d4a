import * as assert from 'uvu/assert';
import type { Asked } from '../../../runner/core/egress.js';
import type { Attack } from '../attack.js';
import { REFUSES, UNLISTED, answerOf, connectTo, verdicts, victim } from '../egress.js';

export const attack: Attack = {
  title: 'ends what hands its connections on, and takes its place',
  story:
    'Something in the sandbox hands connections on to the runner. The attacker ends it, listens in its place, and speaks to whatever it spoke to, hoping that what is behind it trusts what it says. It is trusted with nothing: behind it is ' +
    'the proxy, which decides and counts as before. By docker it is in another container, and cannot be ended at all.',
  by: 'script',
  sandbox: { network: { hosts: ['listed.example'], private: [] } },
  except: REFUSES,
  attempt: async ({ run }) => {
    const server = await victim(UNLISTED, answerOf('reached'));
    const asked: Asked[] = [];
    const target = `localhost:${String(UNLISTED)}`;
    const sockets = '/pushpals/relay/way/proxy /pushpals/relay/way/alive /pushpals-relay/way/proxy';
    try {
      const { output } = await run(
        `for p in /proc/[0-9]*; do p=\${p#/proc/}; [ $p = $$ ] || kill -9 $p 2>/dev/null; done
         busybox nc -l -p 3128 -s 127.0.0.1 < /dev/null & sleep 0.1
         ${connectTo(target)}
         for s in ${sockets}; do [ -S $s ] || continue; { printf 'CONNECT ${target} HTTP/1.1\\r\\n\\r\\n'; sleep 0.2; } | busybox nc local:$s; done
         mv /pushpals/relay /pushpals/x; rm -f ${sockets}; echo still here`,
        { onAsked: (each) => asked.push(each), timeoutMs: 20_000 },
      );
      assert.match(output, /still here/);
      assert.not.match(output, /200 Connection|reached/);
      assert.equal(server.heard, []);
      assert.equal(
        verdicts(asked).filter((each) => each !== `${target} not-listed`),
        [],
      );
      // The next command has its way out, and is counted, whatever this one has left.
      const next: Asked[] = [];
      await run(`${connectTo(target)}; true`, { onAsked: (each) => next.push(each) });
      assert.equal(verdicts(next), [`${target} not-listed`]);
    } finally {
      server.close();
    }
  },
};
