import * as assert from 'uvu/assert';
import { withIssue } from '../issue.js';
import type { Attack } from '../attack.js';

const POLICY = `version: 1
verify: forge
default: high
tiers: { high: { gate: proposal } }
approvers:
  - { id: ada, emails: [ada@example.org], logins: { github: ada } }
`;

export const attack: Attack = {
  title: 'opens an issue under a login that is, or looks like, an approver’s',
  story:
    'Ada approves, and wants her own wish through: she opens an issue, by her login in other letters, and merges the request of its order. Nobody approves what they asked for, wherever they did. Eve gives herself a login that ends in ' +
    'Ada’s address, so that Ada may approve nothing of hers: a login is no address.',
  by: 'anybody',
  attempt: async () => {
    for (const [author, mayAdaSayYes] of [
      ['ADA', false],
      ['eve <ada@example.org>', true],
    ] as const)
      await withIssue(
        { author, title: 'It breaks', body: '' },
        async (project) => {
          const { world } = project;
          await project.next();
          const pull = world.pulls[0];
          assert.ok(pull, author);
          world.merge(pull, 'ada', 'merge', world.headOf(pull));
          const told = await project.next();
          const { run, waiting } = (await project.order(await project.root())) as {
            run?: unknown;
            waiting?: { reason: string };
          };
          assert.is(run !== undefined, mayAdaSayYes, told);
          if (!mayAdaSayYes) assert.match(waiting?.reason ?? '', /ada asked for the work/);
        },
        POLICY,
      );
  },
};
