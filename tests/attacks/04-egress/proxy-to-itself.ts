import * as assert from 'uvu/assert';
import type { Asked } from '../../../runner/core/egress.js';
import type { Attack } from '../attack.js';
import { REFUSES, connectTo, say, verdicts } from '../egress.js';

export const attack: Attack = {
  title: 'has the proxy connect to itself, and makes it speak other protocols',
  story:
    'A proxy that connects to itself can be made to go round in circles, or to take the inner request for its own. SOCKS clients and tunnels in tunnels are tried as well. Neither is spoken; its own address is an address like any other.',
  by: 'script',
  sandbox: { network: { hosts: ['localhost:80', 'listed.example'], private: ['localhost'] } },
  except: REFUSES,
  attempt: async ({ run }) => {
    const asked: Asked[] = [];
    const { output } = await run(
      [
        connectTo('127.0.0.1:3128'),
        connectTo('localhost:3128'),
        connectTo('unix:/pushpals/relay/way/proxy:80'),
        say('\\005\\001\\000'),
        say('\\004\\001\\000\\120\\177\\000\\000\\001\\000'),
        say('GET file:///etc/passwd HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n'),
        say('GET ftp://localhost/x HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n'),
      ].join('\n'),
      { onAsked: (each) => asked.push(each), timeoutMs: 20_000 },
    );
    assert.not.match(output, /HTTP\/1.1 [23]/);
    assert.not.match(output, /root:/);
    assert.equal(verdicts(asked), ['127.0.0.1:3128 address', 'localhost:3128 not-listed']);
  },
};
