// deadline: 300s
// one Node: decisions, and git
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formula, merged, withVault, type Rules, type Vault } from './vault-rig.js';

const scenario = (name: string, rules: Rules, work: (vault: Vault) => Promise<void>): void => {
  test(name, () => withVault(rules, work));
};

scenario('a merge by hand that is signed is an approval', {}, async (vault) => {
  await vault.drop('go', 'm');
  const { tick } = await merged(vault, 'ada', '-S');
  assert.is(tick.exitCode, 0, tick.stderr);
  assert.is(await vault.state('go'), 'done');
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
  assert.match(tick.stderr, /the policy names nobody who can approve it/);
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
