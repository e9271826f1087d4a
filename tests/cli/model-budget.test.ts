// deadline: 120s
// one Node: a server on the loopback, git and the host's shell
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Asked, Reply, ScriptedAnswer } from '../models/script.js';
import { SCRIPTED, modelServer, type ModelServer } from '../models/server.js';
import { until } from '../until.js';
import { makeProject, type Project } from './program.js';

/** What each answer of a model takes here. */
const USAGE = { input: 3000, output: 500 };
const TOKENS = USAGE.input + USAGE.output;

const call = (name: string, given: unknown): ScriptedAnswer => ({ calls: [{ name, arguments: given }], usage: USAGE });
const write = (name: string): ScriptedAnswer => call('write', { path: `src/${name}.txt`, content: `${name}\n` });
const done = call('submit', { summary: 'Done.' });
const words: ScriptedAnswer = { text: 'I think about it.', usage: USAGE };

const said = ({ messages }: Asked): string => messages.map(({ text }) => text).join('\n');
const results = ({ messages }: Asked): number => messages.filter(({ role }) => role === 'tool').length;
/** How many tokens a model was told are left. */
const leftOf = (asked: Asked): number => Number(/(\d+) tokens/.exec(asked.messages.at(-1)?.text ?? '')?.[1]);

let project: Project;
let server: ModelServer;
let script: (asked: Asked) => Reply = () => done;

const tick = (): ReturnType<Project['pushpals']> => project.pushpals(['tick']);
/** Works as somebody else. */
const as = async (who: string): Promise<void> => {
  await project.git('config', 'user.name', who);
  await project.git('config', 'user.email', `${who}@example.org`);
};

interface Shown {
  readonly state: string;
  readonly attempts: number;
  readonly spent: { readonly turns: number; readonly inputTokens: number; readonly outputTokens: number };
  readonly granted?: { readonly tokens?: number };
  readonly given?: { readonly tokens?: number };
  readonly allowance?: { readonly tokens?: number };
  readonly waiting?: { readonly on: string };
  readonly run: { readonly steps: Record<string, { readonly state: string; readonly partial?: string }> };
}
const shown = async (id: string): Promise<Shown> =>
  JSON.parse((await project.pushpals(['order', 'show', id, '--json'])).stdout) as Shown;
const tokens = ({ spent }: Shown): number => spent.inputTokens + spent.outputTokens;

test.before(async () => {
  server = await modelServer({ script: (asked) => script(asked) });
  project = await makeProject('host');
  const formula = (name: string, budget: object, more: object = {}): string =>
    stringify({
      formula: name,
      version: 1,
      agent: 'worker',
      budget,
      steps: [
        { id: 'count', run: 'echo ran >> src/count.txt' },
        { id: 'work', needs: ['count'], agent: 'Do it.', scope: { write: ['src/**'] }, ...more },
        { id: 'ship', ship: {} },
      ],
    });
  await project.commit({
    'pushpals.yml': stringify({
      version: 1,
      project: 'test',
      sandbox: { driver: 'host' },
      models: { default: { provider: 'ollama', model: SCRIPTED, baseUrl: server.url } },
    }),
    'policy/policy.yml': stringify({
      version: 1,
      default: 'low',
      verify: 'identity',
      approvers: [{ id: 'ada', emails: ['ada@example.org'] }],
    }),
    'agents/worker.yml': stringify({ agent: 'worker', tools: ['read', 'write'] }),
    'agents/stray.yml': stringify({ agent: 'stray', tools: ['write', 'exec'], exec: { allow: ['cp *'] } }),
    'formulas/long.yml': formula('long', { tokens: 10_000 }),
    'formulas/tries.yml': formula('tries', { tokens: 20_000 }, { retry: { attempts: 2, backoff: '1s' } }),
    'formulas/strays.yml': formula('strays', { tokens: 10_000 }, { by: 'stray' }),
    'formulas/files.yml': stringify({
      formula: 'files',
      version: 1,
      budget: { tokens: 10_000 },
      steps: [{ id: 'file', orders: '[{"goal": "A part", "formula": "tries"}]', await: true }],
    }),
  });
  await as('olga');
});
test.after(async () => {
  await project.remove();
  await server.close();
});

test('a budget that ends in mid-turn is asked for, and once granted the same run goes on with the conversation where it was', async () => {
  script = (asked) =>
    said(asked).includes('You were interrupted')
      ? results(asked) === 3
        ? write('whole')
        : done
      : write(['one', 'two', 'never'][results(asked)] ?? 'odd');
  await project.write('ops/inbox/big.yml', 'goal: A lot\nformula: long\n');
  const first = await tick();
  assert.is(first.exitCode, 3, first.stdout + first.stderr);
  const { state, spent, waiting, run } = await shown('big');
  assert.equal([state, waiting?.on, spent.turns], ['waiting', 'approval', 3]);
  const partial = run.steps['work']?.partial ?? '';
  assert.is(await project.show(partial, 'src/two.txt'), 'two\n');
  assert.is(await project.show(partial, 'src/never.txt'), null, 'what it asked for with its last tokens is not done');
  const report = (await project.pushpals(['evidence', 'show', 'big'])).stdout;
  assert.match(report, partial);

  const [request] = JSON.parse((await project.pushpals(['vault', 'list', '--json'])).stdout) as {
    id: string;
    kind: string;
  }[];
  assert.is(request?.kind, 'budget');
  const asks = (await project.pushpals(['vault', 'show', request?.id ?? ''])).stdout;
  assert.match(asks, /May big-1 use another 10000 tokens\?/);
  assert.match(asks, /10500 of 10000 tokens/);
  assert.match(
    (await project.pushpals(['order', 'retry', 'big', '--grant', 'tokens=9'])).stderr,
    /order big is waiting/,
  );

  const asked = server.asked.length;
  await as('ada');
  const approved = await project.pushpals(['vault', 'approve', request?.id ?? '', '--yes']);
  assert.is(approved.exitCode, 0, approved.stderr);
  await as('olga');
  const again = await tick();
  assert.is(again.exitCode, 0, again.stdout + again.stderr);
  const resumed = server.asked[asked];
  assert.ok(resumed);
  const calls = resumed.messages.flatMap((message) =>
    message.calls.map(({ arguments: given }) => JSON.stringify(given)),
  );
  assert.is(calls.length, 3, 'it has what it had said');
  assert.match(calls[1] ?? '', 'src/two.txt');
  assert.match(said(resumed), 'Not done: you were interrupted before.');
  assert.is(leftOf(resumed), 2 * 10_000 - 3 * TOKENS);
  const end = await shown('big');
  assert.equal([end.state, end.attempts, end.granted?.tokens], ['done', 1, 10_000]);
  assert.is(tokens(end), 5 * TOKENS, 'one ledger for both sittings');
  for (const name of ['one', 'two', 'whole'])
    assert.is(await project.show('pushpals/big', `src/${name}.txt`), `${name}\n`);
  assert.is(await project.show('pushpals/big', 'src/count.txt'), 'ran\n', 'nothing before it was done again');
  const transcript = (await project.pushpals(['log', 'big', '--transcript', '--json'])).stdout;
  assert.is(transcript.split('"type":"answer"').length - 1, 5, 'both sittings are in the evidence');
  assert.match((await project.pushpals(['audit'])).stdout, /^nothing found/);
});

test('where the files of an interrupted agent are not kept, neither is what it said: it begins anew', async () => {
  let isBack = false;
  script = (asked) => {
    if (isBack) return results(asked) === 0 ? write('again') : done;
    // A copy where it may not write.
    return results(asked) === 0 ? call('exec', { command: ['cp', 'src/a.txt', 'stray.txt'] }) : write('lost');
  };
  await project.write('ops/inbox/astray.yml', 'goal: A lot\nformula: strays\n');
  const first = await tick();
  assert.is(first.exitCode, 3, first.stdout + first.stderr);
  const { state, run } = await shown('astray');
  assert.is(state, 'waiting');
  assert.equal(run.steps['work'], { state: 'pending' });
  assert.match(
    (await project.pushpals(['evidence', 'show', 'astray', '--json'])).stdout,
    'what the agent had done so far was not kept (scope-violation)',
  );
  isBack = true;
  const asked = server.asked.length;
  const list = JSON.parse((await project.pushpals(['vault', 'list', '--json'])).stdout) as {
    id: string;
    order: string;
  }[];
  const request = list.find(({ order }) => order === 'astray')?.id ?? '';
  await as('ada');
  assert.is((await project.pushpals(['vault', 'approve', request, '--yes'])).exitCode, 0);
  await as('olga');
  const again = await tick();
  assert.is(again.exitCode, 0, again.stdout + again.stderr);
  const resumed = server.asked[asked];
  assert.ok(resumed);
  assert.is(resumed && results(resumed), 0, 'it remembers no edit that its tree does not hold');
  assert.not.match(resumed ? said(resumed) : '', 'You were interrupted');
  assert.is(await project.show('pushpals/astray', 'src/again.txt'), 'again\n');
  assert.is(await project.show('pushpals/astray', 'src/lost.txt'), null);
});

test('neither a step that is tried again nor an order that is filed begins a ledger of its own', async () => {
  // Three times words without a call fail an attempt; the next one submits.
  script = ({ messages }) => (said({ messages } as Asked).includes('You tried before') ? done : words);
  const from = server.asked.length;
  await project.write('ops/inbox/parent.yml', 'goal: A whole\nformula: files\n');
  const ticked = await tick();
  assert.is(ticked.exitCode, 3, ticked.stdout + ticked.stderr);
  const left = server.asked.slice(from).map(leftOf);
  assert.equal(left, [10_000, 10_000 - TOKENS, 10_000 - 2 * TOKENS], 'a filed order has what its parent has left');
  const child = await shown('parent-file');
  assert.equal([child.state, child.allowance?.tokens, tokens(child)], ['waiting', 10_000, 3 * TOKENS]);
  assert.is((await shown('parent')).given?.tokens, 10_000);
  await project.pushpals(['order', 'cancel', 'parent']);

  const alone = server.asked.length;
  await project.write('ops/inbox/alone.yml', 'goal: Alone\nformula: tries\n');
  const second = await tick();
  assert.is(second.exitCode, 0, second.stdout + second.stderr);
  assert.equal(
    server.asked.slice(alone).map(leftOf),
    [0, 1, 2, 3].map((turns) => 20_000 - turns * TOKENS),
    'the second attempt has what the first one left',
  );
  assert.is(tokens(await shown('alone')), 4 * TOKENS);
});

test('a runner that is killed while a model answers forgets no token, and its step is done from the start, once', async () => {
  let isDead = false;
  const from = server.asked.length;
  let release = (): void => undefined;
  const held = new Promise<void>((go) => (release = go));
  script = (asked) => {
    if (results(asked) === 0) return write(isDead ? 'after' : 'before');
    return isDead ? done : { ...words, middle: held };
  };
  await project.write('ops/inbox/killed.yml', 'goal: Go\nformula: long\n');
  const runner = spawn(process.execPath, [resolve('dist/pushpals.js'), 'tick'], { cwd: project.dir, stdio: 'ignore' });
  await until('the second answer is under way', () => server.asked.length === from + 2);
  runner.kill('SIGKILL');
  await once(runner, 'close');
  isDead = true;
  const again = await tick();
  release();
  assert.is(again.exitCode, 0, again.stdout + again.stderr);
  const order = await shown('killed');
  assert.equal([order.state, order.attempts], ['done', 1]);
  assert.is(tokens(order), 3 * TOKENS, 'the one answer that the dead runner had, and two of the next');
  assert.is(leftOf(server.asked[from + 2] as Asked), 10_000 - TOKENS);
  assert.is(await project.show('pushpals/killed', 'src/after.txt'), 'after\n');
  assert.is(await project.show('pushpals/killed', 'src/before.txt'), null);
  assert.is(await project.show('pushpals/killed', 'src/count.txt'), 'ran\n');
  const transcript = (await project.pushpals(['log', 'killed', '--transcript', '--json'])).stdout;
  assert.match(transcript, 'src/before.txt', 'what the dead runner had paid for can be read');
  const branches = await project.git('branch', '--list', 'pushpals/killed*');
  assert.is(branches.trim(), 'pushpals/killed');
  assert.match((await project.pushpals(['audit'])).stdout, /^nothing found/);
});

test('nor does one that cannot write its record any more', async () => {
  const lock = join(project.dir, '.git', 'refs', 'heads', 'ops.lock');
  script = (asked) => {
    if (results(asked) === 0) return write('unwritten');
    writeFileSync(lock, '');
    return done;
  };
  await project.write('ops/inbox/locked.yml', 'goal: Go\nformula: tries\n');
  const broken = await tick();
  assert.is(broken.exitCode, 3, broken.stdout + broken.stderr);
  assert.match(broken.stderr, 'locked was stopped (git-failed)');
  rmSync(lock);
  const { state, spent } = await shown('locked');
  assert.equal([state, spent], ['active', undefined], 'the record says nothing of it');
  const from = server.asked.length;
  script = () => done;
  const again = await tick();
  assert.is(again.exitCode, 0, again.stdout + again.stderr);
  assert.is(leftOf(server.asked[from] as Asked), 20_000 - 2 * TOKENS);
  const order = await shown('locked');
  assert.equal([order.state, tokens(order)], ['done', 3 * TOKENS]);
  assert.not.ok(existsSync(join(project.dir, '.pushpals', 'kept', 'locked-1')), 'what ended needs nothing kept');
});

test.run();
