import type { Attack } from '../attack.js';
import { assertCaught, withCanary } from '../canary.js';
import { withTarget } from '../target.js';

const SCRIPT = `printf %s "$CANARY" | base64 > leak.txt
git checkout -q -b "$(printf %s "$CANARY" | od -An -tx1 | tr -d ' \\n')" && git add leak.txt && git commit -q -m "look: $CANARY"`;

export const attack: Attack = {
  title: 'writes its secret into a file, a commit’s message and a branch’s name',
  story:
    'A step that was handed a secret writes it into the tree, encoded, and commits that itself, with the secret in the message and on a branch named after it. The tree is looked through before anybody else can see its snapshot, and the git directory that the step wrote to is never read.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', (target) =>
      withCanary(target, async () => {
        await assertCaught(target, await target.step(SCRIPT, { step: { secrets: ['CANARY'] } }));
      }),
    ),
};
