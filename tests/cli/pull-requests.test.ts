// deadline: 300s
// one Node: a server on the loopback, git and the host's shell
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Pull } from '../forges/world.js';
import { withForge, type OnForge } from './forge-rig.js';

const POLICY = `version: 1
default: low
`;
const FORMULA = `formula: m
version: 1
inputs: { file: { type: string, default: a } }
steps:
  - { id: change, run: "mkdir -p src && echo two > src/$PUSHPALS_INPUT_FILE.txt" }
  - { id: verify, needs: [change], check: "test -s src/$PUSHPALS_INPUT_FILE.txt" }
  - { id: ship, needs: [verify], ship: { title: "fix: {{ order.goal }}" } }
`;
const FILES = { 'policy/policy.yml': POLICY, 'formulas/m.yml': FORMULA };
const VIA = { integrate: { via: 'pull-request' } };

const pullOf = ({ world }: OnForge, order: string): Pull => {
  const pull = world.pulls.findLast(({ head }) => head === `pushpals/${order}`);
  assert.ok(pull, `${order} has no pull request: ${JSON.stringify(world.pulls)}`);
  return pull;
};
const merge = (project: OnForge, order: string, by: string, method: 'merge' | 'squash' | 'rebase'): string => {
  const pull = pullOf(project, order);
  return project.world.merge(pull, by, method, project.world.headOf(pull));
};
type Ended = { readonly outcome: string; readonly reason?: string; readonly seen?: string; readonly pull?: object };
const ended = async (project: OnForge, order: string): Promise<Ended> => (await project.order(order))['ended'] as Ended;
const reason = async (project: OnForge, order: string): Promise<string> =>
  ((await project.order(order))['waiting'] as { reason: string } | undefined)?.reason ?? '';

test('a result is a pull request, and delivered once people have merged it, whichever way', async () => {
  await withForge(
    FILES,
    { integrate: { ...VIA.integrate, labels: ['agents'], reviewers: ['ada'] } },
    async (project) => {
      const { world } = project;
      for (const name of ['merged', 'squashed', 'rebased', 'closed'])
        await project.drop(name, { goal: `Do ${name} for @everyone, fixes #1`, formula: 'm', inputs: { file: name } });
      const shipped = await project.tick();
      assert.is(shipped.exitCode, 0, shipped.stderr);
      assert.is(world.pulls.length, 4, shipped.stderr);
      const { title, body, base, labels, reviewers, isDraft } = pullOf(project, 'merged');
      assert.is(title, 'fix: Do merged for @ everyone, fixes # 1');
      assert.equal([base, [...labels], [...reviewers], isDraft], ['main', ['agents'], ['ada'], false]);
      const block = body.indexOf('```text');
      assert.ok(body.indexOf('@everyone') > block && body.indexOf('#1') > block, body);
      assert.match(body, /^The result of order `merged`\. \*\*Merge it, and it is delivered/);
      assert.match(body, /^- verify: passed$/m);
      assert.match(body, /^Tier: low$/m);
      assert.match(body, /^Rollback: .*file for file/m);
      assert.match(
        body,
        /^- Order: `merged`\n- Run: `merged-1`\n- Evidence: `evidence\/.*\/merged-1\/report\.md` on the branch `ops`$/m,
      );
      const { pull: known } = (await project.order('merged'))['shipped'] as { pull: { number: number; url: string } };
      const { number, url } = known;
      assert.is(number, pullOf(project, 'merged').number);
      assert.is(await reason(project, 'merged'), `until ${url} is merged into main`);
      assert.match(
        (await project.pushpals(['status'])).stdout,
        new RegExp(`merged .*until ${url} is merged into main`),
      );

      const commits = {
        merged: merge(project, 'merged', 'ada', 'merge'),
        squashed: merge(project, 'squashed', 'bob', 'squash'),
        rebased: merge(project, 'rebased', 'bob', 'rebase'),
      };
      world.close(pullOf(project, 'closed'), 'eve');
      await project.later();
      const tick = await project.tick();
      assert.is(tick.exitCode, 0, tick.stderr);
      for (const name of ['merged', 'squashed', 'rebased'] as const) {
        assert.is((await project.order(name)).state, 'done', `${name}: ${tick.stderr}`);
        const { pull, seen } = await ended(project, name);
        const by = name === 'merged' ? 'ada' : 'bob';
        const as = name === 'merged' ? {} : { as: commits[name] };
        assert.equal(pull, { number: pullOf(project, name).number, url: (pull as { url: string }).url, by, ...as });
        assert.is(seen, world.tip('main'));
      }
      const { outcome, reason: why } = await ended(project, 'closed');
      assert.is(outcome, 'cancelled');
      assert.match(why ?? '', /^http.*\/pull\/\d+ was closed \(eve\)$/);

      const { changes } = world;
      await project.later();
      await project.tick();
      assert.is(world.changes, changes, 'nothing is done twice');
      const audit = await project.pushpals(['audit']);
      assert.is(audit.exitCode, 0, audit.stdout);
    },
  );
});

test.run();
