// deadline: 120s
// one Node: a server on the loopback, git and the host's shell
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Asked, Reply, ScriptedAnswer } from '../models/script.js';
import { SCRIPTED, modelServer, type ModelServer } from '../models/server.js';
import { makeProject, type Project } from './program.js';

const call = (name: string, given: unknown): ScriptedAnswer => ({ calls: [{ name, arguments: given }] });
const done = call('submit', { summary: 'Done.' });

const piece = (name: string, more: object = {}): object => ({
  name,
  goal: `Write about ${name}.`,
  why: 'It stands for itself.',
  done: [`src/${name}.txt is there`],
  ...more,
});
const PLAN = {
  orders: [
    piece('reader', { lane: 'agent', formula: 'by-hand', paths: ['src/**'], checks: ['words'] }),
    piece('index', { lane: 'deterministic', formula: 'by-rule', after: ['reader'] }),
    piece('writer', { lane: 'agent', formula: 'by-hand' }),
  ],
};

const resultsIn = ({ messages }: Asked): readonly string[] =>
  messages.filter(({ role }) => role === 'tool').map(({ text }) => text);
const isPlanner = ({ messages }: Asked): boolean => messages[0]?.text.includes('You are planner') === true;

/** Reads before it divides, and then says what the order asks for: a plan that holds, or ones that do not. */
function planner(asked: Asked): Reply {
  const results = resultsIn(asked);
  if (results.length === 0) return call('read', { path: 'README.md' });
  if (!asked.messages.some(({ text }) => text.includes('Everything at once'))) return call('submit', PLAN);
  // Too many the first time; the second time, asked for what is wrong with it, of a lane that there is not.
  const isRepair = results.some((text) => text.includes('does not fit'));
  const orders = isRepair
    ? [piece('one', { lane: 'fast' })]
    : Array.from({ length: 21 }, (_, n) => piece(`p${String(n)}`));
  return isRepair && asked.tools.length === 0 ? { text: JSON.stringify({ orders }) } : call('submit', { orders });
}

/** Writes the file that its order is about. */
function worker(asked: Asked): Reply {
  if (resultsIn(asked).length > 0) return done;
  const name = /Write about (\w+)\./.exec(asked.messages[1]?.text ?? '')?.[1] ?? 'nothing';
  return call('write', { path: `src/${name}.txt`, content: `about ${name}\n` });
}

let project: Project;
let server: ModelServer;

test.before(async () => {
  server = await modelServer({ script: (asked) => (isPlanner(asked) ? planner(asked) : worker(asked)) });
  project = await makeProject('host');
  const ship = { id: 'ship', ship: {} };
  await project.commit({
    'pushpals.yml': stringify({
      version: 1,
      project: 'test',
      sandbox: { driver: 'host' },
      commands: { words: 'grep -q reader src/reader.txt' },
      models: { default: { provider: 'ollama', model: SCRIPTED, baseUrl: server.url } },
    }),
    'agents/worker.yml': stringify({ agent: 'worker', tools: ['read', 'write'] }),
    'formulas/by-hand.yml': stringify({
      formula: 'by-hand',
      version: 1,
      agent: 'worker',
      steps: [{ id: 'work', agent: 'Do it.', scope: { write: ['src/**'] } }, ship],
    }),
    'formulas/by-rule.yml': stringify({
      formula: 'by-rule',
      version: 1,
      steps: [{ id: 'work', run: 'ls src > src/index.txt' }, ship],
    }),
  });
});
test.after(async () => {
  await project.remove();
  await server.close();
});

interface Shown {
  readonly id: string;
  readonly state: string;
  readonly spent?: { readonly turns: number };
  readonly ended: { readonly at: string };
  readonly waiting?: { readonly failure: { readonly class: string; readonly why: string } };
  readonly run: { readonly claimedAt: string; readonly steps: Record<string, { readonly state: string }> };
}
const shown = async (id: string): Promise<Shown> =>
  JSON.parse((await project.pushpals(['order', 'show', id, '--json'])).stdout) as Shown;

test('a model reads the project and divides an order into three, which models and rules do in turn, and one report names them', async () => {
  await project.write('ops/inbox/docs.yml', 'goal: Describe the project\nformula: plan-work\n');
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 0, tick.stdout + tick.stderr);
  assert.match(server.asked.find(isPlanner)?.messages[1]?.text ?? '', 'Describe the project');
  assert.ok(
    server.asked.filter(isPlanner).some((asked) => resultsIn(asked).some((text) => text.includes('a project'))),
    'it was shown what it read',
  );

  const [parent, reader, index, writer] = [
    await shown('docs'),
    await shown('docs-reader'),
    await shown('docs-index'),
    await shown('docs-writer'),
  ];
  for (const { id, state } of [parent, reader, index, writer]) assert.is(state, 'done', id);
  assert.ok(index.run.claimedAt >= reader.ended.at, 'it began when what it comes after was done');
  for (const { ended } of [reader, index, writer]) assert.ok(ended.at <= parent.ended.at);
  assert.is(await project.show('pushpals/docs-reader', 'src/reader.txt'), 'about reader\n');
  assert.is(await project.show('pushpals/docs-writer', 'src/writer.txt'), 'about writer\n');
  assert.match((await project.show('pushpals/docs-index', 'src/index.txt')) ?? '', 'a.txt');
  assert.is(reader.run.steps['order-checks.1']?.state, 'succeeded');
  assert.is(reader.spent?.turns, 2);
  assert.is(index.spent, undefined, 'no model had a part in it');

  const reports = (await project.opsFiles()).filter((path) => /\/docs-1\/report\.md$/.test(path));
  assert.is(reports.length, 1);
  const report = (await project.show('refs/heads/ops', reports[0] ?? '')) ?? '';
  for (const id of ['docs-reader', 'docs-index', 'docs-writer'])
    assert.match(report, new RegExp(`^- \`${id}\`: shipped, on branch \`pushpals/${id}\` at \`[0-9a-f]{12}\``, 'm'));
  assert.match((await project.pushpals(['audit'])).stdout, /^nothing found/);
});

test('a plan that does not keep to its form is asked for once more, and then the run fails with nothing filed', async () => {
  const before = server.asked.length;
  await project.write('ops/inbox/all.yml', 'goal: Everything at once\nformula: plan-work\n');
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 1, tick.stdout + tick.stderr);
  assert.match(tick.stderr, 'model-output-invalid');
  assert.is(server.asked.length - before, 3, 'it read, and answered twice');
  const repair =
    server.asked
      .at(-1)
      ?.messages.map(({ text }) => text)
      .join('\n') ?? '';
  assert.match(repair, /does not fit:.*orders.*20/);
  const { state, waiting } = await shown('all');
  assert.is(state, 'waiting', 'plan-work has two attempts');
  assert.is(waiting?.failure.class, 'model-output-invalid');
  assert.match(waiting?.failure.why ?? '', 'lane');
  assert.equal(
    (await project.opsFiles()).filter((path) => path.includes('/all-') && path.endsWith('.yml')),
    [],
    'nothing is filed',
  );
});

test.run();
