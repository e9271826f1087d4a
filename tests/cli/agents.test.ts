// one Node: files and words alone
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse, stringify } from 'yaml';
import { makeProject } from './program.js';

test('agents: what there is, what is added, and that nothing is written over', async () => {
  const project = await makeProject('host');
  const before = '# ours\nversion: 1\nproject: test # a name\nsandbox: { driver: host }\n';
  await project.commit({
    'pushpals.yml': before,
    'agents/own.yml': 'agent: own\ndescription: Ours.\ncapabilities: [sums]\ncommand: { argv: [sh, -c, "true"] }\n',
    'formulas/sum.yml': stringify({
      formula: 'sum',
      version: 1,
      agent: 'own',
      steps: [{ id: 'work', agent: 'Work.' }],
    }),
  });
  // Built-in agents and formulas that nobody uses are no problem of a project without models.
  const valid = await project.pushpals(['validate']);
  assert.is(valid.exitCode, 0, valid.stdout + valid.stderr);
  await project.write('ops/inbox/one.yml', 'goal: One\nformula: sum\n');
  assert.is((await project.pushpals(['tick'])).exitCode, 0);

  const list = await project.pushpals(['agents', 'list']);
  assert.is(list.exitCode, 0, list.stderr);
  assert.match(list.stdout, /^own +command sh +sums +1 of 1 +agents\/own\.yml$/m);
  assert.match(list.stdout, /^claude +command claude +.* built in$/m);
  assert.match(list.stdout, /^bug-fixer +model default \(not in pushpals\.yml\) /m);
  const show = await project.pushpals(['agents', 'show', 'own']);
  assert.match(
    show.stdout,
    /^own\nOurs\.\n[^]*command +\["sh","-c","true"\][^]*succeeded +1 of 1 in 14 days\n {2}one-1 .* no-change|completed/m,
  );
  const unknown = await project.pushpals(['agents', 'show', 'onw']);
  assert.is(unknown.exitCode, 4);
  assert.match(unknown.stderr, /there is no agent onw[^]*`?own`?/);

  const add = [
    'agents',
    'add',
    'openai',
    '--url',
    'http://127.0.0.1:9/v1',
    '--model',
    'small',
    '--key-env',
    'SOME_KEY',
  ];
  const dry = await project.pushpals([...add, '--dry-run']);
  assert.is(dry.exitCode, 0, dry.stderr);
  assert.is(await project.read('pushpals.yml'), before);
  const added = await project.pushpals(add);
  assert.is(added.exitCode, 0, added.stderr);
  assert.match(added.stdout, /→ the server: [^]*→ commit it: /);
  const after = await project.read('pushpals.yml');
  assert.ok(after.startsWith(before), after);
  assert.equal((parse(after) as { models: object }).models, {
    default: { provider: 'openai', model: 'small', baseUrl: 'http://127.0.0.1:9/v1', keyEnv: 'SOME_KEY' },
  });
  await project.pushpals(['agents', 'add', 'ollama', '--model', 'qwen3-coder:30b', '--name', 'coder']);
  assert.match(await project.read('pushpals.yml'), /^models:\n {2}coder: .*\n {2}default: /m);
  const again = await project.pushpals(add);
  assert.match(again.stdout, /^there already: pushpals\.yml/);
  const other = await project.pushpals(['agents', 'add', 'ollama', '--model', 'other']);
  assert.is(other.exitCode, 4);
  assert.match(other.stderr, /another model `default`/);

  const claude = await project.pushpals(['agents', 'add', 'command', 'claude', '--name', 'bug-fixer']);
  assert.is(claude.exitCode, 0, claude.stderr);
  assert.match(claude.stdout, /→ policy\/policy\.yml has to allow its network and secrets/);
  const written = parse(await project.read('agents/bug-fixer.yml')) as {
    agent: string;
    command: { argv: string[] };
    prompt: string;
  };
  assert.is(written.agent, 'bug-fixer');
  assert.is(written.command.argv[0], 'claude');
  assert.match(written.prompt, /You mend bugs/);
  const odd = ['prog', '-p', "it's", '$(x)', 'two words'];
  const own = await project.pushpals(['agents', 'add', 'command', 'mine', '--', ...odd]);
  assert.is(own.exitCode, 0, own.stderr);
  assert.equal((parse(await project.read('agents/mine.yml')) as { command: object }).command, { argv: odd });
  assert.is((await project.pushpals(['agents', 'add', 'command', 'own', '--', 'x'])).exitCode, 4);
  assert.is(await project.read('agents/own.yml').then((text) => text.includes('Ours.')), true);
  for (const [exitCode, ...wrong] of [
    [2, 'command', '../up', '--', 'x'],
    [4, 'command', 'nobody'],
    [2, 'ollama'],
    [2, 'cloud'],
    [2, 'openai', '--model', 'm'],
  ] as const)
    assert.is((await project.pushpals(['agents', 'add', ...wrong])).exitCode, exitCode, wrong.join(' '));
  await project.remove();
});

test.run();
