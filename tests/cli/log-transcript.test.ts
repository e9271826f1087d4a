// deadline: 120s
// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProject } from './program.js';

const at = '2026-11-21T10:00:00.000Z';
const usage = { turns: 1, inputTokens: 120, outputTokens: 30, costUsd: 0 };
const call = { id: 'c1', name: 'read', arguments: { ok: true, value: { path: 'src/a.txt' } } };
const ENTRIES = [
  {
    ...{ at, type: 'begin', step: 'fix', attempt: 1, agent: 'bug-fixer', budget: {} },
    by: {
      name: 'default',
      provider: 'ollama',
      model: 'qwen3',
      temperature: 0,
      seed: 1,
      contextTokens: 8192,
      calls: 'native',
    },
    read: [{ kind: 'guidance', path: 'AGENTS.md', digest: 'sha256:aa' }],
  },
  { at, type: 'message', message: { role: 'user', text: 'Make it pass.\u001b[31m' } },
  { at, type: 'answer', turn: 1, text: 'I look.', calls: [call], usage, end: 'calls', ms: 1500 },
  {
    at,
    type: 'result',
    turn: 1,
    call: 'c1',
    name: 'read',
    ok: false,
    text: 'no such file\n::set-output name=x::y',
    ms: 20,
  },
  { at, type: 'note', text: 'history made shorter' },
  { at, type: 'end', outcome: 'submitted', usage },
];
const lines = (entries: readonly object[]): string => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');

test('a transcript is shown for people, obeyed by no terminal, and what is malformed is named by its line', async () => {
  const project = await makeProject('host');
  await project.commit({ 'formulas/f.yml': 'formula: f\nversion: 1\nsteps:\n  - { id: fix, run: "true" }\n' });
  await project.pushpals(['order', 'new', 'Fix it', '--formula', 'f', '--name', 'fix']);
  await project.pushpals(['tick']);
  const none = await project.pushpals(['log', 'fix', '--transcript']);
  assert.match(none.stderr, /no agent worked in fix/);

  const folder = dirname((await project.opsFiles()).find((file) => file.endsWith('/run.json')) ?? '');
  const place = join(project.dir, 'ops', folder, 'steps');
  await mkdir(place, { recursive: true });
  const hostile = `not json\n[]\n{"type":"__proto__"}\n${lines([{ at, type: 'answer', turn: 'x' }])}`;
  await writeFile(join(place, '01-fix.transcript.ndjson'), lines(ENTRIES) + hostile);
  await project.git('-C', 'ops', 'add', '.');
  await project.git('-C', 'ops', 'commit', '-qm', 'a transcript');

  const shown = await project.pushpals(['log', 'fix', '--transcript']);
  assert.is(shown.exitCode, 0, shown.stderr);
  assert.is(
    shown.stdout,
    `── fix ──
bug-fixer begins with qwen3 (default, ollama), attempt 1
  read guidance AGENTS.md (sha256:aa)
user:
  Make it pass.\\x1b[31m
1. answer (120 + 30 tokens, 1.5 s)
  I look.
  → read {"path":"src/a.txt"}
  ✗ read (0.0 s)
    no such file
    : :set-output name=x::y
  · history made shorter
end: submitted (1 turns, 150 tokens)
line 7 cannot be read: it is no JSON object
line 8 cannot be read: it is no JSON object
line 9 cannot be read: its \`type\` is none of begin, message, answer, result, note, end
line 10 cannot be read: \`turn\` is missing, or is not what a answer has there`,
  );
  const json = await project.pushpals(['log', 'fix-1', '--transcript', '--step', 'fix', '--json']);
  assert.is(json.stdout.split('\n').length, 10);
  assert.equal(JSON.parse(json.stdout.split('\n')[4] ?? ''), { step: 'fix', ...ENTRIES[4] });
  const other = await project.pushpals(['log', 'fix', '--transcript', '--step', 'other']);
  assert.match(other.stderr, /no agent worked in fix in that step/);
  await project.remove();
});

test('a run that goes on shows what its agents have said so far', async () => {
  const project = await makeProject('host');
  const sign = `${project.dir.replaceAll(' ', '_')}.sign`;
  await project.commit({
    'formulas/f.yml': `formula: f\nversion: 1\nsteps:\n  - { id: fix, run: "touch ${sign}.begun; n=0; until [ -e ${sign} ] || [ $((n += 1)) -gt 2000 ]; do sleep 0.02; done" }\n`,
  });
  await project.pushpals(['order', 'new', 'Fix it', '--formula', 'f', '--name', 'fix']);
  const tick = project.pushpals(['tick']);
  const folder = join(project.dir, '.pushpals/kept/fix-1/transcripts');
  await project.shell(`n=0; until [ -e ${sign}.begun ] || [ $((n += 1)) -gt 2000 ]; do sleep 0.02; done`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'fix.ndjson'), `${lines(ENTRIES.slice(0, 3))}{"at":"${at}","type":"no`);
  const shown = await project.pushpals(['log', 'fix', '--transcript']);
  assert.match(shown.stdout, /^1\. answer[^]*→ read/m);
  assert.not.match(shown.stdout, /cannot be read/, 'a line that is being written waits for its end');
  await writeFile(sign, '');
  await tick;
  await rm(sign);
  await rm(`${sign}.begun`);
  await project.remove();
});

test.run();
