// deadline: 120s
// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { makeProject, type Ended, type Project } from './program.js';

const CANARY = 'canary/+ä"$4711\\x';
const FORMS: readonly string[] = [
  CANARY,
  ...['base64', 'base64url', 'hex'].map((form) => Buffer.from(CANARY).toString(form as BufferEncoding)),
  Buffer.from(CANARY).toString('hex').toUpperCase(),
  encodeURIComponent(CANARY),
  JSON.stringify(CANARY).slice(1, -1),
].map((form) => form.replace(/=*$/, ''));
const TOKEN = { PUSHPALS_SECRET_TOKEN: CANARY };

const test = suite<{ project: Project }>('secrets');

interface Given {
  readonly steps: readonly object[];
  readonly policy?: object;
  readonly source?: object;
  readonly formula?: object;
}

const withoutSources = async (project: Project): Promise<string> =>
  (await project.read('pushpals.yml')).replace(/\nsecrets:[^]*$/, '\n');

/** Commits a formula `use` with these steps, its grant and where the value is; drops an order and ticks. */
async function order(
  project: Project,
  name: string,
  given: Given,
  env: Record<string, string> = TOKEN,
): Promise<Ended> {
  const { steps, source, formula = {} } = given;
  const { policy = { secrets: { TOKEN: { formulas: ['use'], tier: 'low' } } } } = given;
  const text = await withoutSources(project);
  await project.commit({
    'formulas/use.yml': stringify({ formula: 'use', version: 1, steps, ...formula }),
    'policy/policy.yml': stringify({ version: 1, default: 'low', ...policy }),
    'pushpals.yml': source === undefined ? text : `${text}\n${stringify({ secrets: { TOKEN: source } })}`,
  });
  await project.write(`ops/inbox/${name}.yml`, `goal: Use it for ${name}\nformula: use\n`);
  return project.pushpals(['tick'], { env });
}

const record = async (project: Project, name: string): Promise<Record<string, unknown>> =>
  JSON.parse((await project.pushpals(['order', 'show', name, '--json'])).stdout) as Record<string, unknown>;

/** Everything that git has, and what the runner keeps of its runs. */
async function everything(project: Project): Promise<string> {
  const history = await project.git('log', '--all', '-p', '--text', '--format=%B%d');
  return (
    history +
    (await project.shell('cat .git/logs/HEAD; grep -ra canary .pushpals --include=*.log --include=*.json || :'))
  );
}

function noCanary(text: string): void {
  for (const form of FORMS)
    assert.not.ok(text.includes(form), `${form} in ${text.slice(Math.max(0, text.indexOf(form) - 300)).slice(0, 600)}`);
}

test.before(async (context) => {
  context.project = await makeProject('host');
});
test.after(({ project }) => project.remove());

test('a step gets what the policy grants, by variable and by file; what it prints is masked and its evidence names it', async ({
  project,
}) => {
  const script = [
    'printf "%s" "$TOKEN" > "$HOME/.none" 2>/dev/null; rm -f "$HOME/.none"',
    '[ "$TOKEN" = "$(cat "$TOKEN_FILE")" ] && echo same; echo "$TOKEN_FILE" > place',
    'echo "plain $TOKEN"; printf %s "$TOKEN" | base64; printf %s "x$TOKEN" | base64; printf %s "$TOKEN" | od -An -tx1',
    'printf %s "$TOKEN" | cut -c1-5 | tr -d "\\n"; sleep 0.05; printf %s "$TOKEN" | cut -c6-; echo end; env',
  ].join('\n');
  const ended = await order(project, 'get', {
    steps: [
      { id: 'get', run: script, secrets: ['TOKEN', { name: 'TOKEN', as: 'file' }] },
      { id: 'after', needs: ['get'], run: 'env > env.txt; [ ! -e "$(cat place)" ]; echo "[${TOKEN-none}]"' },
      { id: 'ship', needs: ['after'], ship: {} },
    ],
  });
  assert.is(ended.exitCode, 0, ended.stderr);
  const log = await project.pushpals(['log', 'get']);
  assert.match(log.stdout, /same/);
  assert.match(log.stdout, /plain \*\*\*\n/);
  assert.match(log.stdout, /\[none\]/);
  const all = await everything(project);
  noCanary(all + ended.stdout + ended.stderr + log.stdout);
  assert.match(all, /Step `get` was handed the secrets `TOKEN`\./);
  assert.match((await project.pushpals(['order', 'show', 'get'])).stdout, /get +succeeded \(was handed TOKEN\)/);
  assert.match(all, /"secrets": \[\n\+\s+"TOKEN"/);
});

test('who is not granted a secret is told the line that would grant it', async ({ project }) => {
  const steps = [{ id: 'get', run: 'env', secrets: ['TOKEN'] }];
  const ended = await order(project, 'ask', { steps, policy: { secrets: { TOKEN: { formulas: ['other'] } } } });
  assert.is(ended.exitCode, 3);
  assert.match(ended.stderr, /policy-denied/);
  assert.match(ended.stderr, /`secrets: \{ TOKEN: \{ formulas: \[other, use\] \} \}`/);
  assert.is((await record(project, 'ask'))['attempts'], 0);
});

test('a value that is not there uses up no attempt, and is told before anything runs', async ({ project }) => {
  const steps = [{ id: 'get', run: 'true', secrets: ['TOKEN'] }];
  const ended = await order(project, 'miss', { steps }, {});
  assert.is(ended.exitCode, 3);
  assert.match(ended.stderr, /secret-missing: .*PUSHPALS_SECRET_TOKEN/);
  assert.is((await record(project, 'miss'))['attempts'], 0);
  const short = await project.pushpals(['tick'], { env: { PUSHPALS_SECRET_TOKEN: 'abc' } });
  assert.match(short.stderr, /shorter than 6 characters/);
  assert.match((await project.pushpals(['doctor'])).stdout, /secrets +TOKEN: the runner's environment has no variable/);
  assert.match((await project.pushpals(['doctor'], { env: TOKEN })).stdout, /secrets +this machine has TOKEN/);
  assert.is((await project.pushpals(['tick'], { env: TOKEN })).exitCode, 0);
  assert.is((await record(project, 'miss'))['state'], 'done');
});

test('values come from files and commands of this machine', async ({ project }) => {
  const outside = await mkdtemp(join(tmpdir(), 'pushpals-secret-'));
  try {
    const file = join(outside, 'token');
    await writeFile(file, `${CANARY}\n`, { mode: 0o600 });
    const steps = [{ id: 'get', run: 'echo "[$TOKEN]" ${#TOKEN}', secrets: ['TOKEN'] }];
    assert.is((await order(project, 'file', { steps, source: { file } }, {})).exitCode, 0);
    assert.is((await order(project, 'command', { steps, source: { command: ['cat', file] } }, {})).exitCode, 0);
    for (const name of ['file', 'command'])
      assert.match((await project.pushpals(['log', name])).stdout, /\[\*\*\*\] \d+/);
    const failing = await order(project, 'fails', { steps, source: { command: ['false'] } }, {});
    assert.match(failing.stderr, /secret-missing: .*exit code 1/);
    assert.is((await record(project, 'fails'))['state'], 'waiting');
    assert.is((await record(project, 'fails'))['failures'], 0);
    await chmod(file, 0o644);
    assert.match((await order(project, 'open', { steps, source: { file } }, {})).stderr, /may be read by others/);
    noCanary(await everything(project));
  } finally {
    await rm(outside, { recursive: true });
  }
});

test('what holds a secret is kept nowhere: not a file, a name, an ignored file, an output, a title', async ({
  project,
}) => {
  const ship = { id: 'ship', needs: ['get'], ship: {} };
  const leaks: Readonly<Record<string, readonly [run: string, place: RegExp]>> = {
    'leak-file': ['printf "a\\nb %s\\n" "$TOKEN" > leak.txt', /leak\.txt","line":2/],
    'leak-encoded': ['printf %s "$TOKEN" | base64 > leak.txt', /leak\.txt","line":1/],
    'leak-name': ['mkdir d; : > "d/$(printf %s "$TOKEN" | od -An -tx1 | tr -d " \\n")"', /d\/\*\*\*","line":null/],
    'leak-link': ['ln -s "$TOKEN" link', /link/],
    'leak-ignored': ['echo .npmrc > .gitignore; echo "$TOKEN" > .npmrc', /\.npmrc","line":1/],
    'leak-output': [
      'printf \'{"a": ["%s"]}\' "$(printf %s "$TOKEN" | base64)" > "$PUSHPALS_OUT/outputs.json"',
      /outputs\.json/,
    ],
    'leak-attached': ['echo "$TOKEN" > "$PUSHPALS_OUT/report.txt"', /report\.txt","line":1/],
  };
  const names = Object.keys(leaks);
  await project.commit({
    'pushpals.yml': await withoutSources(project),
    'policy/policy.yml': stringify({
      version: 1,
      default: 'low',
      secrets: { TOKEN: { formulas: names, tier: 'low' } },
    }),
    ...Object.fromEntries(
      Object.entries(leaks).map(([formula, [run]]) => [
        `formulas/${formula}.yml`,
        stringify({ formula, version: 1, steps: [{ id: 'get', run, secrets: ['TOKEN'] }, ship] }),
      ]),
    ),
  });
  for (const name of names) await project.write(`ops/inbox/${name}.yml`, `goal: Leak by ${name}\nformula: ${name}\n`);
  const ended = await project.pushpals(['tick'], { env: TOKEN });
  noCanary(ended.stderr + ended.stdout);
  for (const [name, [, place]] of Object.entries(leaks)) {
    const { ended: end } = (await record(project, name)) as { ended?: { failure?: { class: string } } };
    assert.is(end?.failure?.class, 'secret-found', name);
    assert.match(JSON.stringify(end), place, name);
  }
  assert.is(
    await project.git('for-each-ref', 'refs/pushpals/runs', ...names.map((name) => `refs/heads/pushpals/${name}`)),
    '',
  );
  noCanary(await everything(project));
});

test('a high secret is asked of a person first, and the request names it', async ({ project }) => {
  const policy = {
    secrets: { TOKEN: { formulas: ['use'] } },
    approvers: [{ id: 'bob', emails: ['bob@example.org'] }],
    verify: 'identity',
  };
  const ended = await order(project, 'high', { steps: [{ id: 'get', run: 'true', secrets: ['TOKEN'] }], policy });
  assert.is(ended.exitCode, 3);
  const [path = ''] = (await project.opsFiles()).filter((each) => /^vault\/pending\/.*\.yml$/.test(each));
  const request = (await project.show('refs/heads/ops', path)) ?? '';
  assert.ok(request, ended.stderr + ended.stdout);
  assert.match(request, /secrets:\s+- TOKEN/);
  assert.match(request, /step get gets the secret TOKEN/);
  assert.match(
    (await project.pushpals(['policy', 'explain', 'high'])).stdout,
    /secrets.*step get gets the secret TOKEN/,
  );
});

test('a step that can run what others wrote gets nothing, unless the policy says so', async ({ project }) => {
  const given = { steps: [{ id: 'get', run: 'true', secrets: ['TOKEN'] }], formula: { base: { merge: '"topic"' } } };
  const ended = await order(project, 'merge', given);
  assert.match(ended.stderr, /could run what an agent wrote.*after-agent: true/);
});

test('validate names the place of what is wrong', async ({ project }) => {
  const step = { id: 'get', run: 'true', env: { TOKEN: 'a' }, secrets: ['TOKEN', 'PATH'] };
  const granted = await project.read('formulas/use.yml');
  await project.write('formulas/use.yml', stringify({ formula: 'use', version: 1, steps: [step] }));
  const { stderr, stdout } = await project.pushpals(['validate']);
  assert.match(stdout + stderr, /formulas\/use\.yml:\d+:\d+: step `get` has the variable `TOKEN` twice/);
  assert.match(stdout + stderr, /`PATH` is a variable of the runner's own/);
  await project.write('formulas/use.yml', granted);
  await project.write('policy/policy.yml', stringify({ version: 1, secrets: { TOKEN: { formulas: ['uze'] } } }));
  const other = await project.pushpals(['validate']);
  assert.match(other.stdout + other.stderr, /formulas\/use\.yml.*asks for the secret TOKEN; to grant it/);
  assert.match(other.stdout + other.stderr, /secrets\.TOKEN names the formula `uze`, which does not exist/);
});

/** What looks like credentials, made here so that no scanner finds them in this file. */
const GITHUB = `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`;

test('what looks like a credential is shipped by nobody, whatever a comment says, unless the policy knows it', async ({
  project,
}) => {
  const run = (name: string, script: string): object => ({
    formula: name,
    version: 1,
    steps: [
      { id: 'write', run: script },
      { id: 'ship', needs: ['write'], ship: {} },
    ],
  });
  const scripts: Readonly<Record<string, string>> = {
    'scan-diff': `printf '// secretlint-disable\\n\\nkey = "%s"\\n' '${GITHUB.slice(0, 10)}''${GITHUB.slice(10)}' > config.ts`,
    'scan-allowed': `mkdir -p fixtures; echo '${GITHUB.slice(0, 10)}''${GITHUB.slice(10)}' > fixtures/token.txt`,
    'scan-old': 'echo "another line" >> old.txt',
    'scan-name': `: > 'a-${GITHUB.slice(0, 10)}''${GITHUB.slice(10)}'`,
    'scan-log': `echo 'see ${GITHUB.slice(0, 10)}''${GITHUB.slice(10)} there'; printf 'a\\0b' > binary.bin`,
    'scan-output': `echo '["${GITHUB.slice(0, 10)}''\\u0077${GITHUB.slice(11)}"]' > "$PUSHPALS_OUT/outputs.json"`,
  };
  await project.commit({
    'old.txt': `${GITHUB}\n`,
    'policy/policy.yml': stringify({
      version: 1,
      default: 'low',
      'secret-scan': { allow: [{ path: 'fixtures/**', rule: 'github' }] },
    }),
    'pushpals.yml': await withoutSources(project),
    ...Object.fromEntries(
      Object.entries(scripts).map(([name, script]) => [`formulas/${name}.yml`, stringify(run(name, script))]),
    ),
  });
  for (const name of Object.keys(scripts))
    await project.write(`ops/inbox/${name}.yml`, `goal: Do ${name}\nformula: ${name}\n`);
  const ended = await project.pushpals(['tick']);
  const ends = new Map<string, string>();
  for (const name of Object.keys(scripts)) ends.set(name, JSON.stringify((await record(project, name))['ended']));
  assert.match(ends.get('scan-diff') ?? '', /secret-found.*"file":"config\.ts","line":3,"rule":"github"/);
  assert.match(ends.get('scan-name') ?? '', /secret-found.*"file":"a-\*\*\*","line":null,"rule":"github"/);
  assert.match(ends.get('scan-output') ?? '', /secret-found.*outputs\.json/);
  for (const name of ['scan-allowed', 'scan-old', 'scan-log'])
    assert.match(ends.get(name) ?? '', /"shipped"/, `${name} ${ended.stderr}`);
  assert.match((await project.pushpals(['log', 'scan-log'])).stdout, /see \*\*\* there/);
  // A patch shows what the project holds already, and what the policy lets pass.
  const written = await project.git('log', '-p', '--format=%B', 'refs/heads/ops', '--', ':!*diff.patch');
  assert.match(written, /binary\.bin is binary: not looked through for credentials/);
  assert.not.ok(written.includes(GITHUB));
});

test('an order that holds a credential is refused, and what is kept of it does not', async ({ project }) => {
  await project.write('ops/inbox/told.md', `---\nformula: use\n---\nUse this token:\n${GITHUB}\nThanks.\n`);
  await project.write(
    'ops/inbox/escaped.yml',
    `goal: "Use ${GITHUB.slice(0, 8)}\\x${GITHUB.charCodeAt(8).toString(16)}${GITHUB.slice(9)}"\nformula: use\n`,
  );
  const ended = await project.pushpals(['tick']);
  assert.is(ended.exitCode, 1);
  assert.match(ended.stderr, /secret-found: the order inbox\/told\.md holds[^]*inbox\/told\.md:5: github/);
  assert.match(ended.stderr, /inbox\/escaped\.yml: github/);
  const files = (await project.opsFiles()).filter((path) => path.startsWith('rejected/'));
  const kept = (await project.show('refs/heads/ops', files.find((path) => path.endsWith('told.md')) ?? '')) ?? '';
  assert.match(kept, /Use this token:\n\*\*\*\nThanks\./);
  assert.is(await project.show('refs/heads/ops', files.find((path) => path.endsWith('escaped.yml')) ?? ''), '');
  assert.not.ok(
    (await project.git('log', '-p', '--format=%B', 'refs/heads/ops', '--', ':!*diff.patch')).includes(GITHUB),
  );
});

test.run();
