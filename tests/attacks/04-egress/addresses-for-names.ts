import * as assert from 'uvu/assert';
import type { Asked } from '../../../runner/core/egress.js';
import type { Attack } from '../attack.js';
import { REFUSES, UNLISTED, answerOf, connectTo, verdicts, victim } from '../egress.js';

export const attack: Attack = {
  title: 'asks the proxy for addresses instead of names, spelled in every way',
  story:
    'The proxy runs on the host, so whatever it connects to is reached from there: the loopback, the metadata of the cloud. The attacker asks it for addresses, as numbers, in octal, in hexadecimal, ' +
    'in IPv6, mapped. Lists hold names, and no address is let through, whoever spells it.',
  by: 'script',
  sandbox: { network: { hosts: ['listed.example', `*.example:${String(UNLISTED)}`], private: ['*.example'] } },
  except: REFUSES,
  attempt: async ({ run }) => {
    const server = await victim(UNLISTED, answerOf('reached'));
    const asked: Asked[] = [];
    const port = String(UNLISTED);
    const targets = [
      '127.0.0.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
      '127.1',
      'localhost',
    ];
    try {
      const { output } = await run(
        [
          ...targets.map((target) => `(${connectTo(`${target}:${port}`)}) &`),
          ...targets.map((target) => `busybox wget -q -O - http://${target}:${port}/ &`),
          'busybox wget -q -O - http://169.254.169.254/latest/meta-data/ & wait; true',
        ].join('\n'),
        { onAsked: (each) => asked.push(each), timeoutMs: 20_000 },
      );
      assert.equal(server.heard, [], output);
      assert.not.match(output, /200|reached/);
      assert.ok(asked.length > targets.length, output);
      assert.equal(
        verdicts(asked).filter((each) => / allowed$/.test(each)),
        [],
      );
      assert.ok(verdicts(asked).includes('169.254.169.254:80 address'));
    } finally {
      server.close();
    }
  },
};
