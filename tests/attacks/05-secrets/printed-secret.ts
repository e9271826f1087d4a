import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { assertUnseen, withCanary } from '../canary.js';

const SCRIPT = `printf 'plain %s\\n' "$CANARY"
printf %s "$CANARY" | base64; printf 'x%s' "$CANARY" | base64
printf %s "$CANARY" | od -An -tx1; printf %s "$CANARY" | od -An -tx1 | tr -d ' \\n' | tr a-f A-F; echo
printf %s "$CANARY" | cut -c1-6 | tr -d '\\n'; sleep 0.1; printf %s "$CANARY" | cut -c7-
env; exit 3`;

export const attack: Attack = {
  title: 'prints a secret that the step was handed, plain, in base64, in hex, in two halves',
  story:
    'A build script prints its environment when something goes wrong, as many do, and a less innocent one encodes it first. Logs, the failure, the report and what the tick says hold a mask in its place, and the attempt is made to fail so that the end of its output goes everywhere.',
  by: 'project',
  attempt: (target) =>
    withCanary(target, async () => {
      const { failure, written } = await target.step(SCRIPT, { step: { secrets: ['CANARY'] } });
      assert.is(failure, 'step-failed');
      assert.match(written, /plain \*\*\*/);
      assertUnseen(written);
    }),
};
