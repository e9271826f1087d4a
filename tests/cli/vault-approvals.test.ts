// deadline: 300s
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formula, merged, policy, withVault, type Rules, type Vault } from './vault-rig.js';

const scenario = (name: string, rules: Rules, work: (vault: Vault) => Promise<void>): void => {
  test(name, () => withVault(rules, work));
};

scenario('a merge by hand that is signed is an approval', {}, async (vault) => {
  await vault.drop('go', 'm');
  const { tick } = await merged(vault, 'ada', '-S');
  assert.is(tick.exitCode, 0, tick.stderr);
  assert.is(await vault.state('go'), 'done');
});

for (const [name, who, how, why] of [
  ['not signed', 'ada', [], /it is not signed, and the policy asks for signatures/],
  ['signed with a key that nobody has', 'eve', ['-S'], /signed with a key that no approver of the policy has/],
] as const)
  scenario(`approver unknown: ${name} is no approval, and it is asked again`, {}, async (vault) => {
    await vault.drop('go', 'm');
    const { tick, id } = await merged(vault, who, ...how);
    assert.is(tick.exitCode, 3);
    assert.match(tick.stderr, why);
    assert.is(await vault.state('go'), 'waiting');
    assert.match((await vault.pushpals(['vault', 'show', id])).stdout, why);
    // It can be approved all the same.
    await vault.as('bob');
    assert.is((await vault.pushpals(['vault', 'approve', id, '--yes'])).exitCode, 0);
    assert.is((await vault.tick()).exitCode, 0);
    assert.is(await vault.state('go'), 'done');
  });

scenario('a forged e-mail is no approval where signatures are asked', {}, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  await vault.as('eve', 'ada@example.org');
  await vault.ops('merge', '-q', '--no-ff', '-S', '-m', 'yes', `vault/${id}`);
  assert.match((await vault.tick()).stderr, /signed with a key that no approver of the policy has/);
  const refused = await vault.pushpals(['vault', 'approve', id, '--yes']);
  assert.is(refused.exitCode, 3);
  assert.match(refused.stderr, /no approver of the policy has/);
  assert.is(await vault.state('go'), 'waiting');
});

scenario('nobody approves their own', {}, async (vault) => {
  await vault.drop('go', 'm', 'ada');
  const id = await vault.request();
  const refused = await vault.pushpals(['vault', 'approve', id, '--yes']);
  assert.is(refused.exitCode, 3);
  assert.match(refused.stderr, /ada asked for the work, and nobody approves their own/);
  const { tick } = await merged(vault, 'ada', '-S');
  assert.match(tick.stderr, /nobody approves their own/);
  assert.is(await vault.state('go'), 'waiting');
});

scenario('an approval is used once', {}, async (vault) => {
  await vault.drop('go', 'm');
  const { id } = await merged(vault, 'ada', '-S');
  const fired = (await vault.show('refs/heads/ops', `vault/fired/${id}.yml`)) ?? '';
  const commits = await vault.git('rev-list', '--count', 'refs/heads/ops');
  await vault.write(`ops/vault/approved/${id}.yml`, fired);
  await vault.ops('add', '.');
  await vault.ops('commit', '-q', '-S', '-m', 'again');
  const shipped = await vault.git('rev-parse', 'pushpals/go');
  await vault.tick();
  assert.not.ok((await vault.opsFiles()).includes(`vault/approved/${id}.yml`));
  assert.is(await vault.git('rev-parse', 'pushpals/go'), shipped);
  assert.match(
    await vault.git('log', '-1', '--format=%s', 'refs/heads/ops'),
    /1 approval\(s\) refused: nothing waits for them/,
  );
  assert.is(Number(await vault.git('rev-list', '--count', 'refs/heads/ops')) - Number(commits), 2);
});

scenario('a vault branch that changes anything else is refused as a whole', {}, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  await vault.as('ada');
  await vault.git('worktree', 'add', '-q', 'side', `vault/${id}`);
  await vault.write('side/README.md', 'mine\n');
  const others = ['queue/x.yml', '.github/workflows/x.yml', '.gitattributes', 'knowledge/ä "b".md'];
  for (const path of others) await vault.write(`side/${path}`, 'mine\n');
  await vault.git('-C', 'side', 'add', '.');
  await vault.git('-C', 'side', 'commit', '-q', '-S', '-m', 'more');
  const readme = await vault.show('refs/heads/ops', 'README.md');
  const { tick } = await merged(vault, 'ada', '-S');
  assert.match(tick.stderr, /it changes \S.* as well/);
  assert.is(await vault.show('refs/heads/ops', 'README.md'), readme, 'what it brought along is taken back');
  for (const path of others) assert.is(await vault.show('refs/heads/ops', path), null, path);
  assert.is(await vault.state('go'), 'waiting');
});

scenario('a fast-forward to the branch is no approval', {}, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  await vault.as('ada');
  assert.throws(
    await vault.ops('merge', '-q', '--ff-only', `vault/${id}`).then(
      () => () => undefined,
      (error: unknown) => () => {
        throw error;
      },
    ),
  );
  // Merged the other way round, and pushed onto the ops branch from there.
  await vault.git('worktree', 'add', '-q', 'side', `vault/${id}`);
  await vault.git('-C', 'side', 'merge', '-q', '-S', '-m', 'catch up', 'refs/heads/ops');
  await vault.ops('merge', '-q', '--ff-only', `vault/${id}`);
  const tick = await vault.tick();
  assert.match(tick.stderr, /it is the runner's own commit: merge the branch with `git merge --no-ff`/);
  assert.is(await vault.state('go'), 'waiting');
});

for (const verify of ['signature', 'identity'] as const) {
  scenario(`${verify}: a squash merge by an approver says yes as well`, { verify }, async (vault) => {
    await vault.drop('go', 'm');
    const id = await vault.request();
    await vault.as('ada');
    await vault.ops('merge', '-q', '--squash', `vault/${id}`);
    await vault.ops('commit', '-q', ...(verify === 'signature' ? ['-S'] : []), '-m', 'squashed');
    const tick = await vault.tick();
    assert.is(tick.exitCode, 0, tick.stderr);
    assert.is(await vault.state('go'), 'done');
  });
  scenario(`${verify}: a rebase keeps the runner as its author`, { verify }, async (vault) => {
    await vault.drop('go', 'm');
    const id = await vault.request();
    await vault.as('ada');
    await vault.ops('cherry-pick', ...(verify === 'signature' ? ['-S'] : []), `vault/${id}`);
    const tick = await vault.tick();
    if (verify === 'signature') assert.is(await vault.state('go'), 'done', tick.stderr);
    else {
      assert.match(tick.stderr, /its author runner@pushpals\.invalid is no approver of the policy/);
      assert.is(await vault.state('go'), 'waiting');
    }
  });
}

scenario('identity: author and committer have to be one approver', { verify: 'identity' }, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  await vault.as('eve');
  await vault.ops('merge', '-q', '--no-ff', '-m', 'yes', `vault/${id}`);
  await vault.ops('commit', '-q', '--amend', '--no-edit', '--author', 'ada <ada@example.org>');
  assert.match((await vault.tick()).stderr, /its author is ada, and its committer eve@example\.org is somebody else/);
  const { tick } = await merged(vault, 'bob');
  assert.is(tick.exitCode, 0, tick.stderr);
});

scenario('an approver has to be in the group that the tier names', { verify: 'identity' }, async (vault) => {
  await vault.drop('go', 'h');
  const { tick } = await merged(vault, 'cyd');
  assert.match(tick.stderr, /cyd is in none of the groups leads/);
});

scenario('two approvals: from two people, one after the other', { approvals: 2 }, async (vault) => {
  await vault.drop('go', 'm');
  const { tick, id } = await merged(vault, 'ada', '-S');
  assert.match(tick.stderr, /1 of 2 approved/);
  const twice = await vault.pushpals(['vault', 'approve', id, '--yes']);
  assert.match(twice.stderr, /ada has approved it already; another person has to/);
  const second = await merged(vault, 'bob', '-S');
  assert.is(second.tick.exitCode, 0, second.tick.stderr);
  assert.match((await vault.show('refs/heads/ops', `vault/fired/${id}.yml`)) ?? '', /by: ada[^]*by: bob/);
});

scenario('what it asked about changed: an approval of it is void, and it is asked anew', {}, async (vault) => {
  await vault.drop('go', 'h');
  const first = await vault.request();
  await vault.as('ada');
  await vault.pushpals(['vault', 'approve', first, '--yes']);
  await vault.commit({ 'formulas/h.yml': formula('h', 'echo two > src/a.txt; echo evil > src/b.txt') });
  await vault.tick();
  assert.match(
    (await vault.show('refs/heads/ops', `vault/rejected/${first}.yml`)) ?? '',
    /what it asked about changed: formula/,
  );
  await vault.tick();
  const second = await vault.request();
  assert.is.not(second, first);
  assert.is(await vault.git('for-each-ref', 'refs/pushpals/runs/'), '');
  await vault.commit({ 'policy/policy.yml': policy({ more: 'limits: { open-requests: 9 }\n' }) });
  await vault.tick();
  assert.match(
    (await vault.show('refs/heads/ops', `vault/rejected/${second}.yml`)) ?? '',
    /what it asked about changed: policy/,
  );
});

scenario('the base moved: the same diff is rebuilt on it, checked again and ships', {}, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  await vault.commit({ 'src/other.txt': 'other\n' });
  await vault.as('ada');
  await vault.pushpals(['vault', 'approve', id, '--yes']);
  const tick = await vault.tick();
  assert.is(tick.exitCode, 0, tick.stderr);
  assert.match(tick.stderr, /go: verify …/, 'its checks run on the merged result');
  assert.not.match(tick.stderr, /go: change …/);
  assert.is(await vault.show('pushpals/go', 'src/other.txt'), 'other\n');
  assert.is(await vault.show('pushpals/go', 'src/a.txt'), 'two\n');
  assert.is(await vault.git('rev-parse', 'pushpals/go~1'), await vault.git('rev-parse', 'main'));
});

scenario('the base moved: another diff is asked anew', {}, async (vault) => {
  await vault.commit({
    'src/a.txt': '1\n2\n3\n4\none\n',
    'formulas/m.yml': formula('m', "sed -i 's/one/two/' src/a.txt"),
  });
  await vault.drop('go', 'm');
  const first = await vault.request();
  await vault.as('olga');
  await vault.commit({ 'src/a.txt': '1\n2\nthree\n4\none\n'.replace('2\n', '2\n') });
  await vault.as('ada');
  await vault.pushpals(['vault', 'approve', first, '--yes']);
  const tick = await vault.tick();
  assert.is(tick.exitCode, 3, tick.stderr);
  const second = await vault.request();
  assert.is.not(second, first);
  assert.is(await vault.git('branch', '--list', 'pushpals/*'), '');
  assert.match((await vault.show('refs/heads/ops', `vault/fired/${first}.yml`)) ?? '', /outcome: void/);
  assert.is((await vault.pushpals(['vault', 'approve', second, '--yes'])).exitCode, 0);
  assert.is((await vault.tick()).exitCode, 0);
});

scenario('the base moved: a result that does not fit any more is made anew', {}, async (vault) => {
  await vault.drop('go', 'm');
  const first = await vault.request();
  await vault.as('olga');
  await vault.commit({ 'src/a.txt': 'uno\n' });
  await vault.as('ada');
  await vault.pushpals(['vault', 'approve', first, '--yes']);
  const tick = await vault.tick();
  assert.is(tick.exitCode, 3, tick.stderr);
  assert.match(
    (await vault.show('refs/heads/ops', `vault/rejected/${first}.yml`)) ?? '',
    /does not fit any more: src\/a\.txt/,
  );
  assert.is.not(await vault.request(), first);
});

scenario(
  'limits: no more requests than people can look at, and nothing is dropped',
  { more: 'limits: { open-requests: 1 }\n' },
  async (vault) => {
    await vault.drop('one', 'h');
    const first = await vault.request();
    const tick = await vault.drop('two', 'h');
    assert.match(tick.stderr, /two: waits: limits\.open-requests: 1 of 1 requests wait for people/);
    await vault.pushpals(['vault', 'reject', first, '--reason', 'no']);
    await vault.tick();
    assert.match(await vault.request(), /^two-/);
  },
);

scenario('nobody could approve it: it waits, and says so', { verify: 'forge' }, async (vault) => {
  const tick = await vault.drop('go', 'h');
  assert.is(tick.exitCode, 3);
  assert.match(tick.stderr, /forges are not built yet/);
  assert.is(await vault.request(), 'none');
});

scenario('an order that is cancelled takes its request along', {}, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  assert.is((await vault.pushpals(['order', 'cancel', 'go'])).exitCode, 0);
  assert.is(await vault.request(), 'none');
  assert.is(await vault.git('branch', '--list', 'vault/*'), '');
  assert.match((await vault.pushpals(['vault', 'show', id])).stdout, /rejected: void/);
});

test.run();
