// deadline: 180s
// one Node: a server on the loopback, git and the host's shell
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Pull } from '../forges/world.js';
import { withForge, type OnForge } from './forge-rig.js';

const POLICY = `version: 1
verify: forge
default: medium
tiers: { medium: { gate: merge-approval } }
approvers:
  - { id: ada, emails: [ada@example.org], logins: { github: ada } }
  - { id: olga, emails: [olga@example.org], logins: { github: olga } }
`;
const FORMULA = `formula: m
version: 1
steps:
  - { id: change, run: "echo two > src/a.txt" }
  - { id: ship, needs: [change], ship: {} }
`;
const FILES = { 'policy/policy.yml': POLICY, 'formulas/m.yml': FORMULA };

const pullOf = ({ world }: OnForge, order: string): Pull => {
  const pull = world.pulls.find(({ head, state }) => state === 'open' && head.startsWith(`vault/${order}-`));
  assert.ok(pull, `${order} has no open pull request: ${JSON.stringify(world.pulls)}`);
  return pull;
};
const merge = (project: OnForge, order: string, by: string, method: 'merge' | 'squash' | 'rebase'): string => {
  const pull = pullOf(project, order);
  return project.world.merge(pull, by, method, project.world.headOf(pull));
};
const reasonOf = async (project: OnForge, order: string): Promise<string> => {
  const { waiting, ended } = (await project.order(order)) as {
    waiting?: { reason: string };
    ended?: { reason: string };
  };
  return waiting?.reason ?? ended?.reason ?? '';
};

test('requests are pull requests: approved by merge, squash and rebase, rejected by closing, and only by who may', async () => {
  await withForge(FILES, {}, async (project) => {
    const { world } = project;
    await project.git('config', 'user.email', 'olga@example.org');
    for (const name of ['merged', 'squashed', 'rebased', 'closed', 'foreign'])
      await project.drop(name, { goal: `Do ${name} for @everyone`, formula: 'm' });
    const asked = await project.tick();
    assert.is(asked.exitCode, 3, asked.stderr);
    assert.is(world.pulls.length, 5);
    const { title, body, base, reviewers } = pullOf(project, 'merged');
    assert.match(title, /^merged-[0-9a-f]{6}: May the result of merged ship to pushpals\/merged\?$/);
    assert.equal([base, [...reviewers]], ['ops', ['ada', 'olga']]);
    assert.match(body, /Merge this to say yes, close it to say no/);
    assert.ok(body.indexOf('@everyone') > body.indexOf('```text'), 'it mentions nobody');
    const id = pullOf(project, 'merged').head.slice('vault/'.length);
    assert.match((await project.pushpals(['vault', 'approve', id, '--yes'])).stderr, /Merge it there: http/);

    merge(project, 'merged', 'ada', 'merge');
    merge(project, 'squashed', 'ada', 'squash');
    merge(project, 'rebased', 'ada', 'rebase');
    merge(project, 'foreign', 'eve', 'merge');
    world.close(pullOf(project, 'closed'), 'bob');
    await project.later();
    const tick = await project.tick();
    for (const name of ['merged', 'squashed', 'rebased'])
      assert.is((await project.order(name)).state, 'done', `${name}: ${tick.stderr}`);
    assert.is((await project.order('closed')).state, 'cancelled');
    assert.match(await reasonOf(project, 'closed'), /http.* was closed \(bob\)/);
    assert.match(await reasonOf(project, 'foreign'), /eve merged it on github, and that is the login of no approver/);

    // It was asked anew, and is a pull request again; nor may who asked for it, or the runner itself, say yes.
    merge(project, 'foreign', 'olga', 'squash');
    await project.tick();
    assert.match(await reasonOf(project, 'foreign'), /olga asked for the work/);
    merge(project, 'foreign', 'pals', 'rebase');
    await project.tick();
    assert.match(await reasonOf(project, 'foreign'), /that is who the runner works as/);
    merge(project, 'foreign', 'ada', 'rebase');
    const last = await project.tick();
    assert.is(last.exitCode, 0, last.stderr);
    assert.is((await project.order('foreign')).state, 'done');
    assert.is(world.pulls.length, 8);
    assert.is(world.pulls.filter(({ state }) => state === 'open').length, 0);

    const { changes } = world;
    await project.later();
    await project.tick();
    assert.is(world.changes, changes, 'nothing is done twice');
    const audit = await project.pushpals(['audit']);
    assert.is(audit.exitCode, 0, audit.stdout);
    assert.match(audit.stdout, /^by the forge {2}rebased-[0-9a-f]{6} {2}merged by ada at http/m);
  });
});

test('a forge that does not answer loses nothing and refuses nobody, and is said', async () => {
  await withForge(FILES, {}, async (project) => {
    const { server, world } = project;
    await project.git('config', 'user.email', 'olga@example.org');
    const down = (): void => {
      server.fail({ fault: 'status', status: 503 }, 10_000);
    };
    await project.drop('before', { goal: 'Do it before', formula: 'm' });
    await project.tick();
    const commit = merge(project, 'before', 'ada', 'squash');
    down();
    await project.drop('meanwhile', { goal: 'Do it meanwhile', formula: 'm' });
    await project.later();
    const tick = await project.tick();
    assert.is(tick.exitCode, 3, tick.stderr);
    assert.match(tick.stderr, /forge-unavailable/);
    assert.match(await reasonOf(project, 'before'), /may it ship\?/);
    assert.is((await project.order('meanwhile')).state, 'waiting');
    assert.match((await project.pushpals(['status'])).stdout, /acme\/app: unreachable for .*taken in when it answers/);
    assert.match((await project.pushpals(['doctor'])).stdout, /^warn {2}forge .*acme\/app/m);
    const { length } = server.asked;
    await project.pushpals(['status']);
    assert.is(server.asked.length, length, 'who looks asks nobody');

    server.heal();
    await project.later();
    const up = await project.tick();
    assert.is((await project.order('before')).state, 'done', up.stderr);
    const fired = (await project.opsFiles()).find((path) => path.startsWith('vault/fired/before-'));
    assert.match((await project.show('refs/heads/ops', fired ?? '')) ?? '', new RegExp(`commit: ${commit}`));
    assert.is(world.pulls.length, 2);
    merge(project, 'meanwhile', 'ada', 'merge');
    assert.is((await project.tick()).exitCode, 0);
    assert.is((await project.order('meanwhile')).state, 'done');
  });
});

test('a machine that does not reach the remote closes nothing, and what the runner closed is no no', async () => {
  await withForge(FILES, {}, async (project) => {
    const { world } = project;
    await project.git('config', 'user.email', 'olga@example.org');
    await project.tick();
    const other = await project.other();
    await project.drop('kept', { goal: 'Do it', formula: 'm' });
    await project.tick();
    const pull = pullOf(project, 'kept');
    await other.git('remote', 'set-url', 'origin', '/nowhere');
    const behind = await other.pushpals(['tick']);
    assert.match(behind.stderr, /remote-unavailable/);
    assert.is(pull.state, 'open', behind.stderr);
    // It waits no more for what this machine knows, and others may wait for it.
    world.close(pull, 'pals');
    await project.later();
    const tick = await project.tick();
    assert.is((await project.order('kept')).state, 'waiting', tick.stderr);
    const again = pullOf(project, 'kept');
    assert.is.not(again.number, pull.number);
    // That of an order that was cancelled is closed by any machine that knows, with the reason as no Markdown.
    const origin = await project.git('remote', 'get-url', 'origin');
    await other.git('remote', 'set-url', 'origin', origin.trim());
    const id = pull.head.slice('vault/'.length);
    assert.is((await project.pushpals(['vault', 'reject', id, '--reason', '@everyone'])).exitCode, 0);
    await other.shell('rm -f .pushpals/forge.json');
    const knows = await other.pushpals(['tick']);
    assert.equal([again.state, again.closedBy], ['closed', 'pals'], knows.stderr);
    assert.match(world.comments.at(-1)?.body ?? '', /`vault\/rejected\/kept-\w+\.yml`: .*\(`[^`]*@everyone[^`]*`\)/);
  });
});

test('what was merged while the runner looked away counts, whatever was opened from its branch since', async () => {
  await withForge(FILES, {}, async (project) => {
    const { world } = project;
    await project.git('config', 'user.email', 'olga@example.org');
    await project.drop('meant', { goal: 'Do it', formula: 'm' });
    await project.tick();
    const { head, base, title, body, number } = pullOf(project, 'meant');
    merge(project, 'meant', 'ada', 'squash');
    world.openPull('eve', { head, base, title, body, isDraft: false });
    await project.later();
    const tick = await project.tick();
    assert.is((await project.order('meant')).state, 'done', tick.stderr);
    await project.later();
    await project.tick();
    assert.equal(
      world.pulls.map(({ state }) => state),
      ['closed', 'closed'],
    );
    const fired = (await project.opsFiles()).find((path) => path.startsWith('vault/fired/meant-')) ?? '';
    assert.match((await project.show('refs/heads/ops', fired)) ?? '', new RegExp(`pull: ${String(number)}$`, 'm'));
  });
});

test('a request that the forge refuses holds up no other, is told once, and what a pull request says is the runner’s', async () => {
  await withForge(FILES, {}, async (project) => {
    const { world, server } = project;
    await project.git('config', 'user.email', 'olga@example.org');
    const isOfFirst = ({ method, path, body }: { method: string; path: string; body: object }): boolean =>
      method === 'POST' && path.endsWith('/pulls') && String((body as { head?: string }).head).includes('/a-first-');
    server.fail({ fault: 'status', status: 422, body: { message: 'No commits between' } }, 2, isOfFirst);
    for (const name of ['a-first', 'b-second']) await project.drop(name, { goal: `Do ${name}`, formula: 'm' });
    const tick = await project.tick();
    assert.match(tick.stderr, /the forge takes no pull request of vault\/a-first-\w+: .*No commits/);
    const pull = pullOf(project, 'b-second');
    assert.is(world.pulls.length, 1);
    const said = [pull.title, pull.body];
    // Whoever may write may say there what they like: approvers read what is asked.
    [pull.title, pull.body] = ['Fix a typo', 'Nothing to see.'];
    await project.shell(`sed -i 's/"at":"[^"]*"/"at":"2020-01-01T00:00:00.000Z"/' .pushpals/forge.json`);
    const again = await project.tick();
    assert.not.match(again.stderr, /takes no pull request/);
    assert.match(
      again.stderr,
      /\/pull\/\d+, which pals opened, did not say what the request b-second-\w+ asks; it says/,
    );
    assert.equal([pull.title, pull.body], said);
    const { changes } = world;
    await project.shell(`sed -i 's/"at":"[^"]*"/"at":"2020-01-01T00:00:00.000Z"/' .pushpals/forge.json`);
    await project.tick();
    assert.is(pullOf(project, 'a-first').state, 'open');
    assert.equal([pull.title, pull.body], said);
    assert.is(world.pulls.length, 2);
    assert.ok(world.changes > changes);
  });
});

test.run();
