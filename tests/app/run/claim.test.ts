// one Node: what a commit holds when it is claimed on
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readOps } from '../../../runner/app/observe.js';
import { claim } from '../../../runner/app/run/claim.js';
import { readWorld } from '../../../runner/app/world.js';
import type { ActiveOrder, StoredOrder } from '../../../runner/core/record.js';
import { makeProject } from '../../cli/program.js';
import { connected, valueOf } from '../connected.js';

test('of one group a single order is claimed, whatever the plan was made from', async () => {
  const formula = (name: string, group: string): string =>
    `formula: ${name}\nversion: 1\nconcurrency: { group: ${group} }\nsteps:\n  - { id: a, run: "true" }\n`;
  const project = await makeProject('host', {
    'formulas/one.yml': formula('one', 'deploy'),
    'formulas/other.yml': formula('other', 'deploy'),
    'formulas/alone.yml': formula('alone', 'else'),
  });
  await project.pushpals(['pause']);
  for (const name of ['one', 'other', 'alone'])
    await project.write(`ops/inbox/${name}.yml`, `goal: Do ${name}\nformula: ${name}\n`);
  await project.pushpals(['tick']);
  await project.pushpals(['resume']);
  await connected(project, false, async ({ tools, branch }) => {
    const { desired, base } = valueOf(await readWorld(tools, branch));
    const { live } = valueOf(await readOps(tools));
    const at = tools.clock.now();
    const active = ({ record }: StoredOrder): ActiveOrder => ({
      state: 'active',
      record: {
        ...record,
        attempts: 1,
        run: {
          id: `${record.id}-1`,
          attempt: 1,
          claimedAt: at,
          claimant: tools.processes.self(),
          leaseUntil: at,
          formula: record.formula,
          formulaDigest: '0'.repeat(64),
          driver: 'host',
          base,
          steps: { a: { state: 'pending' } },
        },
      },
    });
    const claimed: string[] = [];
    for (const from of [...live].sort((a, b) => (a.record.id > b.record.id ? -1 : 1)))
      if (valueOf(await claim(tools, desired, from, active(from), 'claim')) !== null) claimed.push(from.record.id);
    assert.equal(claimed, ['other', 'alone']);
    const left = valueOf(await readOps(tools)).live.map(({ state, record }) => `${state} ${record.id}`);
    assert.equal([...left].sort(), ['active alone', 'active other', 'queue one']);
  });
});

test.run();
