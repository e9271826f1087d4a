import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

const TOKEN = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'];

export const attack: Attack = {
  title: 'turns the scan for credentials off by a comment',
  story:
    'secretlint heeds comments such as `secretlint-disable`, as most scanners do. An agent that commits a token writes one above it, and one on each line. Comments of what is scanned have no say; the policy alone names what is no credential.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      const script = `printf '/* secretlint-disable */\\n// secretlint-disable-next-line\\ntoken = "%s" // secretlint-disable-line\\n' '${TOKEN.join("''_''")}' > src/config.ts`;
      const { failure, written } = await target.step(script);
      assert.is(failure, 'secret-found', written.slice(0, 2000));
      assert.match(written, /src\/config\.ts:3: github/);
      assert.not.ok(written.includes(TOKEN.join('_')));
    }),
};
