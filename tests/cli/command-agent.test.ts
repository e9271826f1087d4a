// deadline: 180s
// one Node: what runs is a shell's, by way of each driver
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse, stringify } from 'yaml';
import { needs } from '../engine.js';
import { makeProject, type Project, type SANDBOX } from './program.js';

const FORMULA = {
  formula: 'mend',
  version: 1,
  agent: 'fake',
  scope: { write: ['src/**', 'test.sh'] },
  steps: [
    { id: 'reproduce', agent: 'Write a test that fails because of the bug.' },
    { id: 'fails-before', check: 'sh test.sh', expect: 'failure', needs: ['reproduce'] },
    {
      id: 'fix',
      agent: 'Make it pass without touching the test.',
      needs: ['fails-before'],
      scope: { write: ['src/**'] },
    },
    { id: 'verify', check: 'sh test.sh', needs: ['fix'] },
    { id: 'ship', ship: { title: 'fix: {{ order.goal }}' }, needs: ['verify'] },
  ],
};

interface Setup {
  readonly agent?: object;
  readonly formula?: object;
  readonly files?: Readonly<Record<string, string>>;
}

/** A project with a bug in it, and the fake agent in its tree. */
async function withBug(
  driver: keyof typeof SANDBOX,
  { agent = {}, formula = {}, files = {} }: Setup = {},
): Promise<Project> {
  const project = await makeProject(driver);
  await project.commit({
    'src/total.sh': 'echo $(($1 - $2))\n',
    'test.sh': 'true\n',
    'tools/fake-agent.sh': await readFile('tests/agents/fake-agent.sh', 'utf8'),
    'tools/claude.ndjson': await readFile('tests/agents/recorded/claude.ndjson', 'utf8'),
    'agents/fake.yml': stringify({
      agent: 'fake',
      command: { argv: ['sh', 'tools/fake-agent.sh', 'tools/claude.ndjson'], events: 'claude' },
      prompt: 'You mend bugs.',
      ...agent,
    }),
    'formulas/mend.yml': stringify({ ...FORMULA, ...formula }),
    ...files,
  });
  await project.write('ops/inbox/sum.yml', 'goal: The sum subtracts\nformula: mend\n');
  return project;
}

/** A file of the run's evidence. */
async function evidence(project: Project, name: string): Promise<string> {
  const path = (await project.opsFiles()).find((each) => each.startsWith('evidence/') && each.endsWith(`/${name}`));
  return path === undefined ? '' : ((await project.show('ops', path)) ?? '');
}

const scenario =
  (driver: 'host' | 'bubblewrap' | 'docker', formula: 'mend' | 'bug-fixer') => async (): Promise<void> => {
    const project = await withBug(driver);
    try {
      if (formula === 'bug-fixer') await withPreset(project);
      const tick = await project.pushpals(['tick'], {
        env: { PATH: `${binaries(project)}:${process.env['PATH'] ?? ''}` },
      });
      assert.is(tick.exitCode, 0, tick.stderr);
      assert.is(await project.show('pushpals/sum', 'src/total.sh'), 'echo $(($1 + $2))\n');
      assert.match((await project.show('pushpals/sum', 'test.sh')) ?? '', /wanted 5/);
      const run = JSON.parse(await evidence(project, 'run.json')) as {
        steps: { key: string; state: string; usage?: object }[];
      };
      const shipped = ['setup', 'reproduce', 'fails-before', 'fix', 'verify', 'review', 'ship'];
      const own = FORMULA.steps.map(({ id }) => id);
      assert.equal(
        run.steps.map(({ key, state }) => `${key} ${state}`),
        (formula === 'bug-fixer' ? shipped : own).map((key) => `${key} succeeded`),
      );
      const used = { turns: 3, inputTokens: 37_365, outputTokens: 174, costUsd: 0.0214 };
      for (const step of ['reproduce', 'fix']) assert.equal(run.steps.find(({ key }) => key === step)?.usage, used);
      // The prompt is in no file that the work tree keeps, and in nothing that ships: in the transcript alone.
      const others = [':!agents', ':!formulas', ':!evidence/**/*.transcript.ndjson'];
      assert.not.match(await project.git('log', '-p', '--all', '--', '.', ...others), /You mend bugs/);
    } finally {
      await project.remove();
    }
  };

/** Where the machine has its `claude`. */
const binaries = ({ dir }: Project): string => join(dir, '.git', 'bin');

/**
 * What a person does to have Claude Code in the roles of bug-fixer and of reviewer. The command is the preset's, word for word; another program of that
 * name answers. It has no server and so no key: those two lines of the files are taken out.
 */
async function withPreset(project: Project): Promise<void> {
  const bin = binaries(project);
  await mkdir(bin);
  const [agent, stream] = ['fake-agent.sh', 'recorded/claude.ndjson'].map((name) => resolve('tests/agents', name));
  const wanted = '-p --output-format stream-json --verbose --permission-mode bypassPermissions';
  const program = `#!/bin/sh\n[ "$*" = '${wanted}' ] || exit 9\nexec sh '${agent ?? ''}' '${stream ?? ''}'\n`;
  await writeFile(join(bin, 'claude'), program, { mode: 0o755 });
  const files: Record<string, string> = {};
  for (const role of ['bug-fixer', 'reviewer']) {
    const added = await project.pushpals(['agents', 'add', 'command', 'claude', '--name', role]);
    assert.is(added.exitCode, 0, added.stderr);
    const path = `agents/${role}.yml`;
    const { network: _, secrets: __, ...rest } = parse(await project.read(path)) as Record<string, unknown>;
    files[path] = stringify(rest);
  }
  await project.commit({
    ...files,
    'pushpals.yml': stringify({
      version: 1,
      project: 'test',
      sandbox: { driver: 'host' },
      commands: { test: 'sh test.sh' },
    }),
  });
  await project.write('ops/inbox/sum.yml', 'goal: The sum subtracts\nformula: bug-fixer\n');
}

test(
  'host: Claude Code in the roles of bug-fixer and reviewer: the formula as it is shipped reproduces a bug, mends it, has it reviewed, and what it used is in the evidence',
  scenario('host', 'bug-fixer'),
);
needs('bubblewrap', test)(
  'bubblewrap: an agent of the project, in a formula of its own',
  scenario('bubblewrap', 'mend'),
);
needs('docker', test)('docker: the same', scenario('docker', 'mend'));

/** Says that it has read 400 tokens more, again and again. */
const ENDLESS = `i=0; while :; do i=$((i+1)); printf '{"type":"assistant","message":{"id":"msg_%d","content":[{"type":"text","text":"on"}],"usage":{"input_tokens":400}}}\\n' $i; sleep 0.05; done`;

const COUNT = {
  steps: [
    {
      id: 'count',
      agent: 'Count the bugs.',
      returns: { type: 'object', properties: { found: { type: 'integer' } }, required: ['found'] },
    },
  ],
};

/** Agents that go wrong, each in a formula and an order of its name. */
const WRONG: Readonly<
  Record<string, { readonly argv: readonly string[]; readonly formula?: object; readonly says: RegExp }>
> = {
  unfit: {
    argv: ['sh', '-c', 'echo "[1" > "$PUSHPALS_OUT/outputs.json"'],
    formula: COUNT,
    says: /model-output-invalid/,
  },
  endless: { argv: ['sh', '-c', ENDLESS], formula: { budget: { tokens: 1000 } }, says: /budget: 1200 of 1000 tokens/ },
  missing: { argv: ['no-such-agent'], says: /exit code 127[^]*no-such-agent/ },
};

test('an answer that does not fit is asked for once more; one that never fits, a budget that is exceeded, and a command that is not there fail', async () => {
  const project = await withBug('host', { formula: COUNT });
  for (const [name, { argv, formula = {} }] of Object.entries(WRONG)) {
    await project.commit({
      [`agents/${name}.yml`]: stringify({ agent: name, command: { argv, events: 'claude' } }),
      [`formulas/${name}.yml`]: stringify({ ...FORMULA, ...formula, formula: name, agent: name }),
    });
    await project.write(`ops/inbox/${name}.yml`, `goal: ${name}\nformula: ${name}\n`);
  }
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 1, tick.stderr);
  const { steps } = JSON.parse(await evidence(project, 'sum-1/run.json')) as {
    steps: { outputs: unknown; usage: unknown }[];
  };
  assert.equal(steps[0]?.outputs, { found: 1 });
  assert.equal(steps[0]?.usage, { turns: 6, inputTokens: 74_730, outputTokens: 348, costUsd: 0.0428 });
  for (const [name, { says }] of Object.entries(WRONG)) {
    const shown = await project.pushpals(['order', 'show', name]);
    assert.match(shown.stdout, says, name);
  }
  await project.remove();
});

test('tokens are counted also where no turn came to anything', async () => {
  const line = JSON.stringify({ type: 'turn.failed', usage: { input_tokens: 900_000, output_tokens: 40_000 } });
  const project = await withBug('host', {
    agent: { command: { argv: ['sh', '-c', `cat >/dev/null; echo '${line}'; exit 1`], events: 'codex' } },
    formula: { budget: { attempts: 1 } },
  });
  try {
    await project.pushpals(['tick']);
    const run = JSON.parse(await evidence(project, 'run.json')) as { usage?: object };
    assert.equal(run.usage, { turns: 0, inputTokens: 900_000, outputTokens: 40_000, costUsd: 0 });
    assert.match(await evidence(project, 'report.md'), /Used 0 turns, 940000 tokens/);
    const failed = (await project.opsFiles()).find((path) => path.endsWith('/sum.yml')) ?? '';
    assert.match((await project.show('ops', failed)) ?? '', /spent:\n +turns: 0\n +inputTokens: 900000/);
  } finally {
    await project.remove();
  }
});

test('what no shell may look at: arguments and prompt reach the command as they are', async () => {
  const odd = [
    `two words`,
    `'`,
    `"`,
    '$(touch pwned)',
    '`touch pwned`',
    'a\nb',
    '-n',
    '--',
    '*',
    '; touch pwned',
    '\\',
  ];
  const script =
    'for each in "$@"; do printf "<%s>" "$each"; done > src/arguments; cat > src/prompt; printf %s "$0" > src/file';
  const project = await withBug('host', {
    agent: {
      command: { argv: ['sh', '-c', script, '{{ prompt-file }}', ...odd] },
      prompt: `--help\n'$(touch pwned)'\n-rf`,
    },
    formula: {
      steps: [
        { id: 'only', agent: '--version' },
        { id: 'ship', ship: {}, needs: ['only'] },
      ],
    },
  });
  await project.write(
    'ops/inbox/sum.yml',
    stringify({ goal: '--goal $(touch pwned)', formula: 'mend', context: '```\n# The order\n<!-- evil -->\n' }),
  );
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 0, tick.stderr);
  assert.is(await project.show('pushpals/sum', 'src/arguments'), odd.map((each) => `<${each}>`).join(''));
  const prompt = (await project.show('pushpals/sum', 'src/prompt')) ?? '';
  assert.ok(prompt.startsWith(`--help\n'$(touch pwned)'\n-rf\n`), prompt);
  assert.match(
    prompt,
    /<<untrusted ([0-9a-f]{12}): background of the order\n```\n# The order\n‹hidden: evil›\n\nuntrusted \1>>/,
  );
  assert.match((await project.show('pushpals/sum', 'src/file')) ?? '', /\.prompt$/);
  assert.is(await project.git('ls-tree', '--name-only', '-r', 'pushpals/sum', 'pwned'), '');
  await project.remove();
});

test.run();
