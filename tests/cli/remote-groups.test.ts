// deadline: 150s
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../until.js';
import { withRemote, type Shared } from './remote-rig.js';

const folder = mkdtempSync(join(tmpdir(), 'pushpals-groups-'));
process.on('exit', () => {
  rmSync(folder, { recursive: true });
});

const NAMES = Array.from({ length: 50 }, (_, index) => `x${String(index)}`);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The name of an order that a runner tries before another one: each begins elsewhere among those of one priority. */
const triedBefore = (runner: string, other: string): string =>
  NAMES.find((name) => sha256(`${runner} ${name}`) < sha256(`${runner} ${other}`)) ?? '';

/** A step that says when it begins and ends, and waits until it is told to go on. */
const deploy = (name: string, mark: string, risk = ''): string => `formula: ${name}
version: 1
${risk}concurrency: { group: deploy }
steps:
  - id: a
    run: |
      echo "$PUSHPALS_ORDER begins" >> ${mark}
      while [ ! -e ${mark}.go ]; do sleep 0.05; done
      echo "$PUSHPALS_ORDER ends" >> ${mark}
`;

/** Has B's first push of a claim arrive after A's first one. */
function holdUp(remote: string, mark: string): void {
  const claims = `git log -1 --format='%s %(trailers:key=PushPals-Runner,valueonly)' "$new" | grep -q`;
  const hook = (what: string): string =>
    `#!/bin/sh\nwhile read -r old new ref; do\n  [ "$ref" = refs/heads/ops ] || continue\n${what}done\ntrue\n`;
  writeFileSync(
    join(remote, 'hooks/pre-receive'),
    hook(`  if ${claims} '→ active .* b/'; then
    touch ${mark}.held
    for _ in $(seq 400); do [ -e ${mark}.landed ] && break; sleep 0.05; done
  fi
`),
    { mode: 0o755 },
  );
  writeFileSync(
    join(remote, 'hooks/post-receive'),
    hook(`  if ${claims} '→ active .* a/'; then touch ${mark}.landed; fi\n`),
    { mode: 0o755 },
  );
}

/** B claims the one order; before the remote has that, A claims another. Answers what B says of it, once all is done. */
async function race({ a, b, remote }: Shared, mark: string, first: string): Promise<string> {
  const second = triedBefore('a', first);
  holdUp(remote, mark);
  const slow = b.run('tick');
  await until('B has claimed', () => existsSync(`${mark}.held`));
  await a.drop(`${second}.yml`, `goal: Deploy ${second}\nformula: now\n`);
  const quick = a.run('tick');
  await until('A is at work', () => existsSync(mark));
  const { exitCode, stderr } = await slow;
  assert.is(exitCode, 0, stderr);
  assert.is(readFileSync(mark, 'utf8'), `${second} begins\n`, 'B has begun nothing');
  writeFileSync(`${mark}.go`, '');
  assert.is((await quick).exitCode, 0);
  await b.run('tick');
  await a.run('tick');
  assert.equal(readFileSync(mark, 'utf8').trim().split('\n'), [
    `${second} begins`,
    `${second} ends`,
    `${first} begins`,
    `${first} ends`,
  ]);
  return stderr;
}

test('two orders of one group that two machines claim at once run one after the other', () => {
  const mark = join(folder, 'one');
  return withRemote({ 'formulas/now.yml': deploy('now', mark) }, async (shared) => {
    const { a, b, git } = shared;
    await b.drop('y.yml', 'goal: Deploy y\nformula: now\n');
    const said = await race(shared, mark, 'y');
    assert.match(said, /^warning: y goes back to the queue: x\d+ of the group deploy was claimed on another machine/m);
    const month = (await git('ls-tree', '-r', '--name-only', 'refs/heads/ops')).split('\n');
    const path = month.find((name) => name.startsWith('done/') && name.endsWith('/y.yml')) ?? '';
    assert.match(await git('show', `refs/heads/ops:${path}`), /^attempts: 1$/m);
    for (const on of [a, b]) assert.match((await on.run('audit')).stdout, /^nothing found/);
  });
});

test('an order that was approved gives way with its approval, and nobody is asked again', () => {
  const mark = join(folder, 'approved');
  return withRemote(
    {
      'formulas/now.yml': deploy('now', mark),
      'formulas/asked.yml': deploy('asked', mark, 'risk: high\n'),
      'policy/policy.yml':
        'version: 1\nverify: identity\ndefault: low\ntiers: { high: { gate: proposal } }\napprovers: [{ id: bob, emails: [bob@example.org] }]\n',
    },
    async (shared) => {
      const { a, b, git } = shared;
      await a.drop('y.yml', 'goal: Deploy y\nformula: asked\n');
      assert.is((await a.run('tick')).exitCode, 3);
      await b.shell('git fetch -q && git -C ops merge -q --ff-only origin/ops');
      const branch = await git('for-each-ref', '--format=%(refname:short)', 'refs/heads/vault');
      await b.shell(`git fetch -q && git -C ops merge -q --no-ff -m yes origin/${branch}`);
      await race(shared, mark, 'y');
      const requests = (await git('ls-tree', '-r', '--name-only', 'refs/heads/ops', 'vault/')).split('\n');
      assert.match(requests.filter((path) => path.endsWith('.yml')).join(), /^vault\/fired\/y-\w+\.yml$/);
      for (const on of [a, b]) assert.match((await on.run('audit')).stdout, /^nothing found/);
    },
  );
});

test.run();
