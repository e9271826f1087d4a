// deadline: 300s
// What somebody can do who may push to the ops branch and to any other but the project's, and is no approver.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { GONE, OPS, eves, forge, formula, keys, opsFile, withVault, type Rules, type Vault } from './vault-rig.js';

const scenario = (name: string, rules: Rules, work: (vault: Vault) => Promise<void>): void => {
  test(name, () => withVault(rules, work));
};

const AT = '2026-11-20T00:00:00.000Z';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** What of a record the tests put lies into. */
interface Run {
  base: string;
  request?: string;
  merge?: unknown;
  claimant: unknown;
  steps: Record<string, { state: string; snapshot?: string }>;
}
const runOf = (record: Record<string, unknown>): Run => record['run'] as Run;
const snapshots = (run: Run, commit: string): void => {
  for (const step of Object.values(run.steps)) if (step.snapshot !== undefined) step.snapshot = commit;
};
const approve = async (vault: Vault, id: string): Promise<string> => {
  await vault.as('ada');
  const { stderr } = await vault.pushpals(['vault', 'approve', id, '--yes']);
  await vault.as('olga');
  return stderr;
};
const shipped = (vault: Vault): Promise<string> => vault.git('branch', '--list', 'pushpals/*');
const lines = (file: string): number => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0);

const forgedActive = (name: string, base: string, run: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'x',
  order: { goal: 'x', formula: name },
  formula: name,
  dedupe: 'x',
  attempts: 1,
  accepted: { at: AT, from: 'inbox/x.yml', digest: '', actor: 'x <x@example.org>' },
  run: {
    ...{ id: 'x-1', attempt: 1, claimedAt: new Date().toISOString(), claimant: GONE, leaseUntil: AT, formula: name },
    ...{ formulaDigest: 'x', base, driver: 'host', steps: {}, ...run },
  },
});

scenario('an active order that nobody claimed runs nothing that it should not', {}, async (vault) => {
  const mark = join(keys, 'ran');
  await vault.commit({ 'formulas/h.yml': formula('h', 'sh src/build.sh'), 'src/build.sh': 'echo two > src/a.txt\n' });
  const evil = await eves(vault, 'evil', 'main', { 'src/build.sh': `touch ${mark}\n` });
  const digest = sha256(await vault.git('show', 'main:formulas/h.yml').then((text) => `${text}\n`));
  const main = await vault.git('rev-parse', 'main');
  for (const run of [
    {},
    { formulaDigest: digest },
    { formulaDigest: digest, base: main },
    { formulaDigest: digest, base: main, start: 'x-aaaaaa' },
  ]) {
    await forge(vault, { 'active/x.yml': forgedActive('h', evil, run) });
    const tick = await vault.tick();
    assert.match(tick.stderr, /run x-1 is not gone on with \(.*\); it starts anew/);
    assert.not.ok(existsSync(mark));
    assert.is(await vault.state('x'), 'waiting', 'it is asked for, like any other');
    await vault.pushpals(['order', 'cancel', 'x']);
    const [ended = ''] = (await vault.opsFiles()).filter((path) => path.endsWith('/x.yml'));
    await forge(vault, { [ended]: null });
  }
  assert.is(await vault.git('for-each-ref', 'refs/pushpals/runs/'), '');
});

scenario('an approval of a diff on one base does not ship it on another', {}, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  const record = await opsFile(vault, 'waiting/go.yml');
  const run = runOf(record);
  const evil = await eves(vault, 'evil', run.base, { 'src/evil.txt': 'evil\n' });
  const result = await eves(vault, 'evil2', evil, { 'src/a.txt': 'two\n' });
  run.merge = { branch: 'evil', head: evil, incoming: run.base, conflicts: [] };
  run.base = evil;
  snapshots(run, result);
  await forge(vault, { 'waiting/go.yml': record });
  await approve(vault, id);
  await vault.tick();
  assert.is(await shipped(vault), '');
});

scenario('a digest that is not of what is shown is worth nothing', {}, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  const record = await opsFile(vault, 'waiting/go.yml');
  const run = runOf(record);
  const result = await eves(vault, 'evil', run.base, { 'src/a.txt': 'two\n', 'src/evil.txt': 'evil\n' });
  snapshots(run, result);
  const asked = (await vault.show(OPS, `vault/pending/${id}.yml`)) ?? '';
  const forged = asked.replace(/digest: sha256:\w+/, `digest: sha256:${sha256('the evil one')}`);
  (record['waiting'] as Record<string, unknown>)['asked'] = sha256(JSON.stringify(parse(forged)));
  await forge(vault, { 'waiting/go.yml': record, [`vault/pending/${id}.yml`]: forged });
  assert.match(await approve(vault, id), /is not what order go waits for/);
  // By hand as well.
  await vault.as('ada');
  await vault.ops('mv', `vault/pending/${id}.yml`, `vault/approved/${id}.yml`);
  await vault.ops('commit', '-q', '-S', '-m', 'yes');
  await vault.tick();
  assert.is(await shipped(vault), '');
  assert.match((await vault.show(OPS, `vault/rejected/${id}.yml`)) ?? '', /its subject is not what it says/);
});

scenario('a result that was swapped after the approval is asked anew', {}, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  await approve(vault, id);
  const record = await opsFile(vault, 'waiting/go.yml');
  const run = runOf(record);
  snapshots(run, await eves(vault, 'evil', run.base, { 'src/a.txt': 'two\n', 'src/evil.txt': 'evil\n' }));
  await forge(vault, { 'waiting/go.yml': record });
  await vault.tick();
  assert.is(await shipped(vault), '');
  assert.match((await vault.pushpals(['vault', 'show', await vault.request()])).stdout, /src\/evil\.txt/);
});

scenario('a start is approved for a commit of the project alone', {}, async (vault) => {
  const mark = join(keys, 'ran9');
  await vault.commit({ 'formulas/h.yml': formula('h', 'sh src/build.sh'), 'src/build.sh': 'echo two > src/a.txt\n' });
  await vault.drop('go', 'h');
  const id = await vault.request();
  const evil = await eves(vault, 'evil', 'main', { 'src/build.sh': `touch ${mark}\n` });
  const record = await opsFile(vault, 'waiting/go.yml');
  const asked = (await vault.show(OPS, `vault/pending/${id}.yml`)) ?? '';
  const forged = asked.replace(/base: \w+/, `base: ${evil}`);
  (record['waiting'] as Record<string, unknown>)['asked'] = sha256(JSON.stringify(parse(forged)));
  await forge(vault, { 'waiting/go.yml': record, [`vault/pending/${id}.yml`]: forged });
  await approve(vault, id);
  await vault.tick();
  assert.not.ok(existsSync(mark));
  assert.match((await vault.show(OPS, `vault/rejected/${id}.yml`)) ?? '', /no commit of the project is its base/);
});

scenario('an approval of a step is none of the merge', {}, async (vault) => {
  await vault.commit({
    'formulas/m.yml': `formula: m
version: 1
steps:
  - { id: change, run: "echo two > src/a.txt" }
  - { id: ask, needs: [change], approve: "Is two right?" }
  - { id: ship, needs: [ask], ship: {} }
`,
  });
  await vault.drop('go', 'm');
  const step = await vault.request();
  await approve(vault, step);
  await vault.tick();
  const record = await opsFile(vault, 'waiting/go.yml');
  const request = await opsFile(vault, `vault/fired/${step}.yml`);
  request['kind'] = 'merge';
  request['step'] = 'ship';
  request['end'] = { at: AT, outcome: 'intended' };
  delete record['waiting'];
  Object.assign(runOf(record), { request: step, claimant: GONE });
  await forge(vault, { [`vault/fired/${step}.yml`]: request, 'waiting/go.yml': null, 'active/go.yml': record });
  await vault.tick();
  assert.is(await shipped(vault), '');
});

scenario('an approval that was fired is not fired again by going back in history', {}, async (vault) => {
  const count = join(keys, 'count');
  await vault.commit({ 'formulas/h.yml': formula('h', `echo x >> ${count}; echo two > src/a.txt`) });
  await vault.drop('go', 'h');
  const id = await vault.request();
  await approve(vault, id);
  const approval = await vault.git('rev-parse', OPS);
  await vault.tick();
  await vault.pushpals(['order', 'cancel', 'go']);
  const tip = await vault.git('rev-parse', OPS);
  const replay = await vault.git('commit-tree', `${approval}^{tree}`, '-p', approval, '-p', tip, '-m', 'replay');
  await vault.ops('reset', '-q', '--hard', replay);
  await vault.tick();
  assert.is(lines(count), 1);
  await vault.ops('reset', '-q', '--hard', approval);
  const tick = await vault.tick();
  assert.match(tick.stderr, /was rewritten/);
  assert.is(lines(count), 1);
});

scenario('one approval is not one of two orders', {}, async (vault) => {
  const count = join(keys, 'count2');
  await vault.commit({ 'formulas/h.yml': formula('h', `echo x >> ${count}; echo two > src/a.txt`) });
  await vault.drop('go', 'h');
  const id = await vault.request();
  const record = await opsFile(vault, 'waiting/go.yml');
  await forge(vault, { 'waiting/go2.yml': { ...record, id: 'go2', dedupe: 'other' } });
  await approve(vault, id);
  await vault.tick();
  assert.ok(lines(count) <= 1);
});

scenario('to look at a request writes nothing', {}, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  const target = join(keys, 'written');
  const request = await opsFile(vault, `vault/pending/${id}.yml`);
  const subject = request['subject'] as Record<string, string>;
  subject['base'] = `--output=${target}`;
  await forge(vault, { [`vault/pending/${id}.yml`]: request });
  await vault.pushpals(['vault', 'show', id]);
  await vault.tick();
  assert.not.ok(existsSync(target));
});

for (const bad of ['a\nb', 'git~1'])
  scenario(`a commit that approves and adds ${JSON.stringify(bad)} stops no tick`, {}, async (vault) => {
    await vault.drop('go', 'm');
    const id = await vault.request();
    await vault.as('eve');
    await vault.ops('mv', `vault/pending/${id}.yml`, `vault/approved/${id}.yml`);
    const blob = await vault.git('hash-object', '-w', 'README.md');
    const git = (args: readonly string[], input?: Buffer): Buffer =>
      execFileSync('git', args, { cwd: vault.dir, ...(input === undefined ? {} : { input }) });
    const entries = git(['ls-tree', '-z', await vault.ops('write-tree')]);
    const tree = git(['mktree', '-z'], Buffer.concat([entries, Buffer.from(`100644 blob ${blob}\t${bad}\0`)]));
    const commit = await vault.git('commit-tree', tree.toString().trim(), '-p', OPS, '-m', 'x');
    await vault.git('update-ref', OPS, commit);
    const tick = await vault.drop('low', 'l');
    assert.is(await vault.state('low'), 'done', tick.stderr);
    assert.is(await vault.state('go'), 'waiting');
  });

scenario('a branch that is in the way of requests stops no other order', {}, async (vault) => {
  await vault.git('branch', 'vault', 'main');
  await vault.drop('go', 'h');
  const tick = await vault.drop('low', 'l');
  assert.is(await vault.state('low'), 'done', tick.stderr);
  assert.is(await vault.state('go'), 'waiting', 'nobody has said no');
});

scenario('an approved order that lost its run, or its snapshots, starts over and stops no other', {}, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  await approve(vault, id);
  const record = await opsFile(vault, 'waiting/go.yml');
  snapshots(runOf(record), '1'.repeat(40));
  await vault.commit({ 'src/other.txt': 'x\n' });
  await forge(vault, { 'waiting/go.yml': record });
  const one = await vault.drop('one', 'l');
  assert.is(await vault.state('one'), 'done', one.stderr);
  const again = await opsFile(vault, 'waiting/go.yml');
  delete again['run'];
  await forge(vault, { 'waiting/go.yml': again });
  const two = await vault.drop('two', 'l');
  assert.is(await vault.state('two'), 'done', two.stderr);
  assert.is(await shipped(vault).then((branches) => branches.includes('go')), false);
});

scenario('whoever committed an order asked for it, whoever takes it in', {}, async (vault) => {
  await vault.as('ada');
  await vault.write('ops/inbox/go.yml', 'goal: Go\nformula: m\n');
  await vault.ops('add', 'inbox/go.yml');
  await vault.ops('commit', '-q', '-m', 'mine');
  await vault.as('olga');
  await vault.tick();
  assert.match(await approve(vault, await vault.request()), /ada asked for the work, and nobody approves their own/);
});

scenario('an approval of one request is none of another', {}, async (vault) => {
  await vault.drop('one', 'm');
  const one = await vault.request();
  const asked = (await vault.show('refs/heads/ops', `vault/pending/${one}.yml`)) ?? '';
  await vault.drop('two', 'm');
  const { stdout } = await vault.pushpals(['vault', 'list', '--json']);
  const two = (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id).find((id) => id !== one) ?? '';
  await vault.as('ada');
  await vault.ops('rm', '-q', `vault/pending/${two}.yml`);
  await vault.write(`ops/vault/approved/${two}.yml`, asked.replaceAll(one, two));
  await vault.ops('add', '.');
  await vault.ops('commit', '-q', '-S', '-m', 'yes');
  await vault.tick();
  assert.is(await vault.git('branch', '--list', 'pushpals/*'), '');
  assert.match(
    (await vault.show('refs/heads/ops', `vault/rejected/${two}.yml`)) ?? '',
    /what it asked about changed: order|not, byte for byte|is a request of something else|its subject is not/,
  );
});

scenario('an approval that a file only claims does not count', { approvals: 2 }, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  // Somebody who may write to the ops branch says in both files that Ada has approved it.
  const path = `vault/pending/${id}.yml`;
  const asked = (await vault.show('refs/heads/ops', path)) ?? '';
  const tip = await vault.git('rev-parse', 'refs/heads/ops');
  await vault.write(
    `ops/${path}`,
    `${asked}approvals:\n  - { by: ada, commit: ${tip}, at: "2026-11-20T00:00:00.000Z" }\n`,
  );
  await vault.ops('commit', '-qam', 'forged');
  await vault.tick();
  assert.match((await vault.show('refs/heads/ops', `vault/rejected/${id}.yml`)) ?? '', /was changed/);
  assert.is(await vault.git('branch', '--list', 'pushpals/*'), '');
});

scenario('a fired request that nobody approved is not gone on with', {}, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  // Whoever may write to the ops branch can make an order active, and its request fired.
  const record = (await vault.show('refs/heads/ops', 'waiting/go.yml')) ?? '';
  const request = (await vault.show('refs/heads/ops', `vault/pending/${id}.yml`)) ?? '';
  const tip = await vault.git('rev-parse', 'refs/heads/ops');
  await vault.ops('rm', '-q', 'waiting/go.yml', `vault/pending/${id}.yml`);
  const active = record.replace(/^waiting:\n(?: .*\n)+/m, '').replace(/^( {2}base: .*\n)/m, `$1  request: ${id}\n`);
  await vault.write('ops/active/go.yml', active);
  await vault.write(
    `ops/vault/fired/${id}.yml`,
    `${request}approvals:\n  - { by: ada, commit: ${tip}, at: "2026-11-20T00:00:00.000Z" }\nend: { at: "2026-11-20T00:00:00.000Z", outcome: intended }\n`,
  );
  await vault.ops('add', '.');
  await vault.ops('commit', '-q', '-m', 'forged');
  const tick = await vault.tick();
  assert.is(await vault.git('branch', '--list', 'pushpals/*'), '', tick.stderr);
  assert.is(await vault.state('go'), 'waiting', 'it is asked anew');
});

test.run();
