// deadline: 120s
// one Node: a server on the loopback, git and the host's shell
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Reply, Script } from '../models/script.js';
import { SCRIPTED, modelServer } from '../models/server.js';
import { makeProject } from './program.js';

const TOTAL = 'export const total = (basket) => basket.reduce((sum, price) => sum + price, 0);\n';
const SHORT = 'export const total = (b) => b.reduce((s, p) => s + p, 0);\n';
const TEST = "import { total } from '../src/total.mjs';\nif (total([2, 3]) !== 5) throw new Error('wanted 5');\n";

const call = (name: string, given: unknown): Reply => ({ calls: [{ name, arguments: given }] });
const edit = (path: string, old: string, fresh: string): Reply => call('edit', { path, old, new: fresh });
const submit = call('submit', { summary: 'Done.' });

/** What each role answers, one after the other, in every conversation that it begins. */
const ROLES: Readonly<Record<string, readonly Reply[]>> = {
  refactorer: [call('write', { path: 'src/total.mjs', content: TOTAL.replaceAll('basket', 'prices') }), submit],
  'performance-tuner': [call('write', { path: 'src/total.mjs', content: SHORT }), submit],
  'security-sentinel': [
    call('read', { path: 'src/total.mjs' }),
    call('submit', {
      findings: [
        {
          id: 'no-check',
          title: 'Prices are not checked',
          file: 'src/total.mjs',
          line: 1,
          why: 'NaN.',
          mend: 'Check.',
        },
      ],
    }),
  ],
  'conflict-resolver': [
    edit('src/total.mjs', 'sum', 'n'),
    call('read', { path: 'src/words.txt' }),
    edit('src/words.txt', 'CONFLICT', 'zwei and deux'),
    submit,
  ],
  'follow-up': [edit('src/total.mjs', 'sum * price', 'sum + price'), submit],
  'ci-medic': [edit('src/total.mjs', 'sum - price', 'sum + price'), submit],
  reviewer: [call('submit', { verdict: 'pass', findings: [] })],
};

const script: Script = ({ messages }) => {
  const role = /^You are ([a-z-]+),/.exec(messages[0]?.text ?? '')?.[1] ?? '';
  const results = messages.flatMap((message) => (message.role === 'tool' ? [message.text] : []));
  const reply = ROLES[role]?.[results.length] ?? submit;
  // Without the numbers that `read` puts before lines.
  const conflict = /<{7}[^]*>{7}.*/.exec(results.at(-1)?.replace(/^ *\d+\t/gm, '') ?? '')?.[0];
  if (conflict === undefined) return reply;
  return JSON.parse(JSON.stringify(reply).replace('CONFLICT', () => JSON.stringify(conflict).slice(1, -1))) as Reply;
};

test('the other roles as they are shipped, each once from an order to its end', async () => {
  const server = await modelServer({ script });
  const words = 'one\ntwo\nthree\n';
  const project = await makeProject('host', {
    'src/total.mjs': TOTAL,
    'src/words.txt': words,
    'test/total.mjs': TEST,
  });
  const order = (formula: string, inputs = {}): Promise<void> =>
    project.write(`ops/inbox/${formula}.yml`, stringify({ goal: `Go, ${formula}`, formula, inputs }));
  const report = async (formula: string): Promise<string> =>
    (await project.pushpals(['evidence', 'show', formula])).stdout;
  try {
    await project.commit({
      'pushpals.yml': stringify({
        version: 1,
        project: 'test',
        sandbox: { driver: 'host' },
        commands: {
          test: 'node test/total.mjs',
          bench: `printf '{"value":%d}' "$(wc -c < src/total.mjs)" > "$PUSHPALS_OUT/outputs.json"`,
        },
        models: { default: { provider: 'ollama', model: SCRIPTED, baseUrl: server.url } },
      }),
      'policy/policy.yml':
        'version: 1\ndefault: low\ntiers: { low: { gate: auto }, medium: { gate: auto }, high: { gate: auto } }\n',
    });
    await project.git('switch', '-q', '-c', 'feature');
    await project.commit({ 'src/words.txt': words.replace('two', 'zwei') });
    await project.git('switch', '-q', 'main');
    await project.commit({ 'src/words.txt': words.replace('two', 'deux') });
    await project.git('switch', '-q', '-c', 'late');
    await project.commit({ 'src/total.mjs': TOTAL.replace('sum + price', 'sum * price'), 'src/late.txt': 'late\n' });
    await project.git('switch', '-q', 'main');
    for (const formula of ['refactorer', 'performance-tuner', 'security-sentinel']) await order(formula);
    await order('conflict-resolver', { branch: 'feature' });
    await order('follow-up', { branch: 'late' });
    const first = await project.pushpals(['tick']);
    assert.is(first.exitCode, 0, first.stdout + first.stderr);
    const shipped = (formula: string, path = 'src/total.mjs'): Promise<string | null> =>
      project.show(`pushpals/${formula}`, path);
    assert.match((await shipped('refactorer')) ?? '', /prices\.reduce/);
    assert.is(await shipped('performance-tuner'), SHORT);
    const measured = await project.git('log', '-1', '--format=%b', 'pushpals/performance-tuner');
    assert.match(measured, `Measured ${String(TOTAL.length)} before and ${String(SHORT.length)} after.`);
    assert.match(await report('security-sentinel'), /Nothing: the formula ships nothing/);
    const filed = await project.show('ops', 'waiting/security-sentinel-file.yml');
    assert.match(filed ?? '', /goal: Prices are not checked[^]*risk: high/);
    // By hand what no rule could resolve, and nothing but that; looked at by another.
    assert.is(await shipped('conflict-resolver', 'src/words.txt'), 'one\nzwei and deux\nthree\n');
    assert.is(await shipped('conflict-resolver'), TOTAL);
    assert.match(await report('conflict-resolver'), /review\W* let it pass/);
    // One commit on the branch that it goes on from, which no pull request is open for.
    assert.is(await shipped('follow-up'), TOTAL);
    assert.is(await project.git('rev-parse', 'pushpals/follow-up^'), await project.git('rev-parse', 'late'));
    assert.match(await report('follow-up'), /review\W* let it pass/);

    await project.commit({ 'src/total.mjs': TOTAL.replace('sum + price', 'sum - price') });
    await order('ci-medic', { runs: 2 });
    const second = await project.pushpals(['tick']);
    assert.is(second.exitCode, 0, second.stdout + second.stderr);
    assert.is(await shipped('ci-medic'), TOTAL);
    assert.match(await report('ci-medic'), /Broken.*: the tests failed in all 2 runs[^]*review\W* let it pass/);
    const live = await project.pushpals(['order', 'list', '--json']);
    assert.equal(
      (JSON.parse(live.stdout) as { id: string }[]).map(({ id }) => id),
      ['security-sentinel-file'],
      'what is mended is not filed',
    );
    assert.match((await project.pushpals(['audit'])).stdout, /^nothing found/);
  } finally {
    await project.remove();
    await server.close();
  }
});

test.run();
