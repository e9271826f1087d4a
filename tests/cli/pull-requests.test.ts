// deadline: 400s
// one Node: a server on the loopback, git and the host's shell
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Pull } from '../forges/world.js';
import { pullRequests, withForge, type OnForge } from './forge-rig.js';

const FILES = pullRequests();
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
    { integrate: { ...VIA.integrate, labels: ['agents'], reviewers: ['ada'] }, commands: { test: 'true' } },
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
        /^- Order: `merged`\n- Run: `merged-1`\n- Commit: `[0-9a-f]{40}`; .*\n- Evidence: `evidence\/.*\/merged-1\/report\.md` on the branch `ops`$/m,
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
      const shown = await project.pushpals(['order', 'show', 'squashed']);
      assert.match(
        shown.stdout,
        new RegExp(`^pull      http.*/pull/\\d+ \\(by bob as ${commits.squashed.slice(0, 12)}\\)$`, 'm'),
      );
      const [told] = (await project.opsFiles()).filter((path) => /squashed-1\/merge\/pull-request\.json$/.test(path));
      const evidence = JSON.parse((await project.show('refs/heads/ops', told ?? '')) ?? '') as Record<string, unknown>;
      assert.equal([evidence['outcome'], evidence['pull']], ['shipped', (await ended(project, 'squashed')).pull]);
      const { outcome, reason: why } = await ended(project, 'closed');
      assert.is(outcome, 'cancelled');
      assert.match(why ?? '', /^http.*\/pull\/\d+ was closed \(eve\)$/);

      const { changes } = world;
      await project.later();
      await project.tick();
      assert.is(world.changes, changes, 'nothing is done twice');
      const reverted = await project.pushpals(['revert', 'squashed']);
      assert.is(reverted.exitCode, 0, reverted.stderr);
      await project.tick();
      const inverse = pullOf(project, 'revert-squashed');
      assert.match(world.git('diff', '--name-status', 'main', world.headOf(inverse)), /^D\tsrc\/squashed\.txt$/m);
      const audit = await project.pushpals(['audit']);
      assert.is(audit.exitCode, 0, audit.stdout);
    },
  );
});

const isOpening = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'POST' && /\/pulls$/.test(path);

test('a runner that is killed between the push and its record, and two at once, make no second one', async () => {
  await withForge(FILES, VIA, async (project) => {
    const { world, server } = project;
    await project.drop('killed', { goal: 'Do it', formula: 'm' });
    await project.killedAt(isOpening);
    assert.is(world.pulls.length, 1);
    assert.is(((await project.order('killed'))['shipped'] as { pull?: object }).pull, undefined);
    await project.later();
    const tick = await project.tick();
    assert.is(tick.exitCode, 0, tick.stderr);
    assert.is(world.pulls.length, 1);
    assert.match(await reason(project, 'killed'), /^until http.*\/pull\/1 is merged/);

    server.fail({ fault: 'status', status: 503 }, 10_000);
    await project.drop('both', { goal: 'Do it too', formula: 'm', inputs: { file: 'b' } });
    await project.later();
    await project.tick();
    assert.is((await project.order('both')).state, 'waiting');
    server.heal();
    await project.later();
    const other = await project.other();
    const ticks = await Promise.all([project.tick(), other.pushpals(['tick'])]);
    for (const { exitCode, stderr } of ticks) assert.is(exitCode, 0, stderr);
    assert.is(world.pulls.filter(({ head }) => head === 'pushpals/both').length, 1);
    await project.tick();
    assert.match(await reason(project, 'both'), /^until http.*\/pull\/\d+ is merged/);

    // Closed before it was written down: it was this very result's.
    await project.drop('quick', { goal: 'Do it as well', formula: 'm', inputs: { file: 'c' } });
    await project.killedAt(isOpening);
    world.close(pullOf(project, 'quick'), 'eve');
    await project.later();
    await project.tick();
    await project.later();
    await project.tick();
    assert.is((await project.order('quick')).state, 'cancelled');
    assert.is(world.pulls.length, 3);
  });
});

test('at most so many are open, the others wait their turn, and a forge that is away for an hour loses nothing', async () => {
  await withForge(FILES, { integrate: { via: 'pull-request', open: 2 } }, async (project) => {
    const { world, server } = project;
    server.fail({ fault: 'status', status: 503 }, 10_000);
    for (const name of ['a', 'b', 'c', 'd'])
      await project.drop(name, { goal: `Do ${name}`, formula: 'm', inputs: { file: name } });
    const away = await project.tick();
    assert.match(away.stderr, /forge-unavailable/);
    for (let minute = 0; minute < 3; minute += 1) await project.tick();
    for (const name of ['a', 'b', 'c', 'd'])
      assert.match((await project.show(`refs/heads/pushpals/${name}`, `src/${name}.txt`)) ?? '', /two/);
    assert.is(world.pulls.length, 0);
    server.heal();
    await project.later();
    await project.tick();
    const open = (): readonly string[] => world.pulls.flatMap(({ state, head }) => (state === 'open' ? [head] : []));
    assert.is(open().length, 2);
    const number = /number (\d) of those that wait for one of the 2 open pull requests/g;
    for (const command of ['status', 'plan']) {
      const { stdout } = await project.pushpals([command]);
      assert.equal([...stdout.matchAll(number)].map(([, at]) => at).sort(), ['1', '2'], stdout);
    }
    const [first = ''] = open();
    merge(project, first.slice('pushpals/'.length), 'ada', 'merge');
    await project.later();
    await project.tick();
    await project.later();
    await project.tick();
    assert.is(world.pulls.length, 3);
    assert.is(open().length, 2);
    const { changes } = world;
    const { length } = server.asked;
    for (let minute = 0; minute < 3; minute += 1) await project.tick();
    assert.equal([world.changes, server.asked.length], [changes, length], 'nothing is asked twice a minute');
  });
});

test('what people make of one on the forge stands, and what is cancelled or starts anew here is closed there', async () => {
  await withForge(pullRequests('tiers: { low: { draft: true } }\n'), VIA, async (project) => {
    const { world } = project;
    const names = ['rebased', 'added', 'gone', 'back', 'closed'];
    for (const name of names) await project.drop(name, { goal: `Do ${name}`, formula: 'm', inputs: { file: name } });
    await project.tick();
    assert.is(world.pulls.length, 5);
    assert.ok(world.pulls.every(({ isDraft }) => isDraft));
    assert.match(pullOf(project, 'gone').body, /It is a proposal: mark it ready and merge it/);
    await project.later();
    await project.tick();
    assert.match(await reason(project, 'gone'), /is a draft: it is merged once somebody marks it ready$/);
    for (const pull of world.pulls) pull.isDraft = false;

    world.git('branch', 'next', 'main');
    pullOf(project, 'rebased').base = 'next';
    const added = pullOf(project, 'added');
    const more = world.git('commit-tree', `${world.headOf(added)}^{tree}`, '-p', world.headOf(added), '-m', 'mine');
    world.git('update-ref', 'refs/heads/pushpals/added', more);
    world.close(pullOf(project, 'closed'), 'eve');
    await project.later();
    await project.tick();
    assert.match(await reason(project, 'rebased'), /goes into next now, and not into main: whoever changed that/);
    assert.match(
      await reason(project, 'added'),
      /has commits that are not the result's \([0-9a-f]{12}\): people merge it$/,
    );
    const as = merge(project, 'added', 'ada', 'squash');
    merge(project, 'rebased', 'ada', 'merge');
    assert.is((await project.pushpals(['order', 'cancel', 'gone', '--reason', 'no @eve'])).exitCode, 0);
    // What was closed there and is open again is people's.
    pullOf(project, 'closed').state = 'open';
    await project.later();
    const tick = await project.tick();
    assert.is(tick.exitCode, 0, tick.stderr);
    const { pull } = await ended(project, 'added');
    assert.equal([(pull as { as: string }).as, (pull as { with: string }).with], [as, 'others']);
    assert.match((await ended(project, 'rebased')).reason ?? '', /was merged into next, and not into main \(ada\)$/);
    assert.is(pullOf(project, 'gone').closedBy, 'pals');
    assert.match(world.comments.at(-1)?.body ?? '', /Order `gone` ended: cancelled \(`no @eve`\)\./);
    assert.is(pullOf(project, 'closed').state, 'open');

    assert.is((await project.pushpals(['order', 'retry', 'gone'])).exitCode, 0);
    await project.later();
    await project.tick();
    assert.is(
      world.pulls.filter(({ head }) => head === 'pushpals/gone').length,
      2,
      'another run, another pull request',
    );
    assert.is(pullOf(project, 'gone').state, 'open');
    const { changes } = world;
    await project.later();
    await project.tick();
    assert.is(world.changes, changes, 'nothing is done twice');
    const audit = await project.pushpals(['audit']);
    assert.is(audit.exitCode, 0, audit.stdout);
  });
});

test('the runner merges where the policy says so: what was decided on, once its checks have passed, and nothing else', async () => {
  const files = pullRequests('tiers: { low: { auto-merge: true } }\n');
  await withForge(files, { integrate: { via: 'pull-request', method: 'squash' } }, async (project) => {
    const { world, server } = project;
    world.required.set('main', ['build']);
    for (const name of ['good', 'moved'])
      await project.drop(name, { goal: `Do ${name}`, formula: 'm', inputs: { file: name } });
    await project.tick();
    assert.match(pullOf(project, 'good').body, /The runner merges it once its checks have passed/);
    const next = async (): Promise<string> => {
      await project.later();
      await project.tick();
      return reason(project, 'good');
    };
    assert.match(await next(), /is merged into main; its checks are under way \(build\)$/);
    const [good, moved] = [pullOf(project, 'good'), pullOf(project, 'moved')];
    const head = world.headOf(good);
    world.check(head, 'build', 'failure');
    world.check(head, 'beside', 'pending');
    assert.match(await next(), /; its checks have not passed \(build\)$/);
    world.check(head, 'build', 'success');
    world.check(world.headOf(moved), 'build', 'success');
    world.review(good, 'ada', 'changes-requested', 'Not like this.');
    world.review(moved, 'ada', 'changes-requested', 'Nor this.');
    assert.match(await next(), /; ada asked for changes$/);
    world.review(good, 'ada', 'approved', 'Well then.');
    world.review(moved, 'ada', 'approved', 'Well then.');
    // Somebody goes on with it between the look and the merge.
    const more = world.git('commit-tree', `${world.headOf(moved)}^{tree}`, '-p', world.headOf(moved), '-m', 'mine');
    server.fail(
      { fault: 'status', status: 405, body: { message: 'Base branch was modified' } },
      1,
      ({ method, path }) => {
        const isMerge = method === 'PUT' && path.endsWith(`/pulls/${String(good.number)}/merge`);
        return isMerge;
      },
    );
    let isMoved = false;
    server.fail({ fault: 'status', status: 500 }, 1, ({ method, path }) => {
      if (method === 'PUT' && path.endsWith(`/pulls/${String(moved.number)}/merge`) && !isMoved) {
        isMoved = true;
        world.git('update-ref', 'refs/heads/pushpals/moved', more);
      }
      return false;
    });
    assert.match(await next(), /; the forge does not merge it now: .*Base branch was modified/);
    assert.ok(isMoved);
    assert.is(moved.state, 'open', 'what nobody decided on is not merged');
    assert.match(await reason(project, 'moved'), /the forge does not merge it now/);
    // Whatever anybody makes of its title, the commit says what the result says.
    good.title = 'Do good [skip ci], closes #1';
    await next();
    assert.match(world.git('log', '-1', '--format=%B', 'main'), /^fix: Do good\n\n[^]*PushPals-Order: good/);
    const { state } = await project.order('good');
    assert.is(state, 'done');
    assert.equal(
      [good.merged?.by, (await ended(project, 'good')).pull],
      [
        'pals',
        {
          number: good.number,
          url: ((await ended(project, 'good')).pull as { url: string }).url,
          as: good.merged?.commit,
        },
      ],
    );
    assert.match(await reason(project, 'moved'), /has commits that are not the result's/);
    await next();
    assert.is(moved.state, 'open');
  });
});

test('what people approved is merged as exactly that, and by the roles that made it', async () => {
  const policy = `version: 1
default: medium
verify: identity
tiers: { medium: { gate: merge-approval, auto-merge: true } }
approvers: [{ id: ada, emails: [ada@example.org] }]
`;
  const agent = `agent: hand
description: writes
command: { argv: [sh, -c, "mkdir -p src && echo two > src/b.txt"] }
`;
  const formula = `formula: m
version: 1
agent: hand
steps:
  - { id: change, agent: "Write it." }
  - { id: ship, needs: [change], ship: {} }
`;
  const files = { 'policy/policy.yml': policy, 'agents/hand.yml': agent, 'formulas/m.yml': formula };
  await withForge(files, VIA, async (project) => {
    const { world } = project;
    await project.git('config', 'user.email', 'olga@example.org');
    await project.drop('x', { goal: 'Do it', formula: 'm' });
    await project.tick();
    const { request = '' } = (await project.order('x'))['waiting'] as { request?: string };
    const asked = await project.pushpals(['vault', 'show', request]);
    assert.match(asked.stdout, /May the result of x be merged into main\?/);
    assert.is(world.pulls.length, 0);
    await project.git('config', 'user.email', 'ada@example.org');
    const said = await project.pushpals(['vault', 'approve', request, '--yes']);
    assert.is(said.exitCode, 0, said.stderr);
    await project.git('config', 'user.email', 'olga@example.org');
    await project.tick();
    const pull = pullOf(project, 'x');
    assert.match(pull.body, /^Tier: medium$[\s\S]*^Approved by: ada$/m);
    const head = world.headOf(pull);
    assert.is(
      world.git('log', '-1', '--format=%an <%ae>, %cn <%ce>', head),
      'hand (PushPals) <hand@agents.pushpals.invalid>, PushPals runner <runner@pushpals.invalid>',
    );
    assert.match(
      world.git('log', '-1', '--format=%(trailers)', head),
      /^PushPals-Order: x\nPushPals-Run: x-1\nPushPals-Formula: m\nPushPals-Evidence: evidence\/.*\/x-1\nCo-authored-by: PushPals runner <.*>$/m,
    );
    world.check(head, 'build', 'success');
    await project.later();
    await project.tick();
    assert.is((await project.order('x')).state, 'done', await reason(project, 'x'));
    assert.is(pull.merged?.by, 'pals');
  });
});

test('what the forge has against one is said, and holds up no other', async () => {
  await withForge(FILES, VIA, async (project) => {
    const { world, server } = project;
    server.fail({ fault: 'status', status: 503 }, 10_000);
    for (const name of ['gone', 'there'])
      await project.drop(name, { goal: `Do ${name}`, formula: 'm', inputs: { file: name } });
    await project.tick();
    server.heal();
    world.git('update-ref', '-d', 'refs/heads/pushpals/gone');
    await project.later();
    await project.tick();
    assert.match(await reason(project, 'gone'), /^the forge takes no pull request of pushpals\/gone: /);
    assert.match(await reason(project, 'there'), /^until http.* is merged into main$/);
    const { changes } = world;
    const ops = await project.git('rev-parse', 'refs/heads/ops');
    await project.later();
    await project.tick();
    assert.equal([world.changes, await project.git('rev-parse', 'refs/heads/ops')], [changes, ops], 'it is said once');
    assert.match((await project.pushpals(['status'])).stdout, /gone .*the forge takes no pull request/);
    await project.git('push', '-q', 'origin', 'pushpals/gone');
    await project.later();
    await project.tick();
    assert.match(await reason(project, 'gone'), /^until http.* is merged into main$/);
  });
});

test('the integration branch is kept open as one pull request that lists its orders, and that people merge', async () => {
  const integrate = { into: 'main_agents', from: 'main', via: 'merge', rolling: true };
  await withForge(FILES, { integrate }, async (project) => {
    const { world, server } = project;
    await project.git('push', '-q', 'origin', 'main:main_agents');
    const work = async (name: string): Promise<void> => {
      await project.drop(name, { goal: `Do ${name} for @ada`, formula: 'm', inputs: { file: name } });
      const tick = await project.tick();
      assert.is(tick.exitCode, 0, tick.stderr);
    };
    const open = (): readonly Pull[] => world.pulls.filter(({ state }) => state === 'open');
    await work('first');
    await project.tick();
    const [pull] = open();
    assert.ok(pull);
    assert.equal([pull.head, pull.base, pull.title], ['main_agents', 'main', 'main_agents into main: what agents did']);
    assert.match(pull.body, /```text\nOrders:\n- first: fix: Do first for @ada\n```/);
    assert.match(pull.body, /\*\*People merge this; the runner never does\.\*\*/);
    const { changes } = world;
    await project.later();
    await project.tick();
    assert.is(world.changes, changes, 'nothing is edited that does not change');
    await work('second');
    await project.tick();
    assert.is(open().length, 1);
    assert.match(pull.body, /- first: .*\n- second: fix: Do second/);

    // One that people closed stays so until there is more.
    world.close(pull, 'eve');
    await project.later();
    await project.tick();
    assert.is(open().length, 0);
    await work('third');
    await project.tick();
    const [again] = open();
    assert.ok(again);
    assert.match(again.body, /- third: /);
    world.merge(again, 'ada', 'squash', world.headOf(again));
    for (let minute = 0; minute < 2; minute += 1) {
      await project.later();
      await project.tick();
    }
    assert.is(open().length, 0, 'nothing is left to bring');
    assert.is(server.asked.filter(({ method, path }) => method === 'PUT' && path.endsWith('/merge')).length, 0);
  });
});

test.run();
