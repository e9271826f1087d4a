import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Attack } from '../attack.js';
import { CANARY, withCanary } from '../canary.js';

export const attack: Attack = {
  title: 'looks through git’s objects for what was refused of another run for the secret in it',
  story:
    'An agent that was handed a secret writes it to a file and is ended for its time; what it left is looked through, found to hold the secret, and not kept. A step of another order, which was granted nothing, reads every object that its sandbox is shown, referred to or not. The secret is in none.',
  by: 'project',
  except: {
    docker: { notApplicable: 'the image of these tests has no git' },
  },
  attempt: (target) =>
    withCanary(
      target,
      async () => {
        await target.commit({
          'agents/tool.yml': stringify({
            agent: 'tool',
            command: { argv: ['sh', '-c', 'printf %s "$CANARY" > src/a.txt; sleep 60'] },
          }),
          'formulas/look.yml': stringify({
            formula: 'look',
            version: 1,
            steps: [
              {
                id: 'look',
                run: `git cat-file --batch-all-objects --batch | tr -d '\\0' | sed 's/\\(.\\)/\\1,/g'; echo looked`,
              },
            ],
          }),
        });
        const steps = [{ id: 'get', agent: 'Work.', by: 'tool', secrets: ['CANARY'], timeout: '2s' }];
        await target.step('true', { formula: { steps } });
        await target.write('ops/inbox/look.yml', 'goal: Look\nformula: look\n');
        const { written } = await target.outcome('look');
        assert.match(written, /looked/);
        assert.not.ok(written.includes([...CANARY].join(',')));
      },
      {
        default: 'low',
        tiers: { high: { gate: 'auto' } },
        secrets: { CANARY: { formulas: ['attack'], tier: 'low', 'after-agent': true } },
      },
    ),
};
