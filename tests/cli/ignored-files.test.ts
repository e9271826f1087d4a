// deadline: 240s
// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { execa } from 'execa';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { until } from '../until.js';
import { makeProject, type Project } from './program.js';

const answering = (answer: object): string =>
  `cat > "$PUSHPALS_OUT/outputs.json" <<'END'\n${JSON.stringify(answer)}\nEND`;

/** Who mends needs what `setup` installed. It says `wrong` until a review told it. */
const FIX = `prompt=$(cat)
cat node_modules/lib >> COUNT || exit 9
case $prompt in
  *"what the review look found"*) echo right > src/b.txt ;;
  *) HOLD; echo ANSWER > src/b.txt ;;
esac`;

const REVIEW = `prompt=$(cat)
case $prompt in
  *"+wrong"*) ${answering({ verdict: 'block', findings: [{ severity: 'medium', title: 'It says wrong', file: 'src/b.txt', line: 1 }] })}
  ;;
  *) ${answering({ verdict: 'pass', tier: 'low', findings: [] })}
  ;;
esac`;

interface Rig {
  readonly project: Project;
  /** What ran, in its order. */
  readonly ran: () => readonly string[];
  readonly held: string;
}

/** bug-fixer's shape, with command-line agents: what \`setup\` installs git ignores, and \`fix\` needs it. */
async function bugFixer(answer: 'right' | 'wrong', run: (rig: Rig) => Promise<void>): Promise<void> {
  const project = await makeProject('host', { '.gitignore': 'node_modules/\n' });
  const [count, held] = [join(project.dir, '.git', 'count'), join(project.dir, '.git', 'held')];
  const script = (text: string): string => text.replaceAll('COUNT', `'${count}'`).replaceAll('ANSWER', answer);
  const agent = (name: string): string => stringify({ agent: name, command: { argv: ['sh', `tools/${name}.sh`] } });
  const hold = `if [ ! -e '${held}' ]; then : > '${held}'; while [ -e '${held}' ]; do sleep 0.1; done; fi`;
  try {
    await project.commit({
      'pushpals.yml': stringify({ version: 1, project: 't', sandbox: { driver: 'host' }, formula: 'bug' }),
      ...Object.fromEntries(['tester', 'mender', 'critic'].map((name) => [`agents/${name}.yml`, agent(name)])),
      'tools/tester.sh': script("echo reproduce >> COUNT; cat > /dev/null; echo 'grep -q right src/b.txt' > test.sh"),
      'tools/mender.sh': script(FIX).replace('HOLD', answer === 'right' ? hold : ':'),
      'tools/critic.sh': REVIEW,
      'formulas/bug.yml': stringify({
        formula: 'bug',
        version: 1,
        agent: 'mender',
        steps: [
          { id: 'setup', run: script('echo setup >> COUNT; mkdir -p node_modules; echo fix > node_modules/lib') },
          { id: 'reproduce', agent: 'Write a test.', by: 'tester', needs: ['setup'] },
          { id: 'fails-before', check: 'sh test.sh', expect: 'failure', needs: ['reproduce'] },
          { id: 'fix', agent: 'Mend it.', needs: ['fails-before'] },
          { id: 'verify', check: 'test -f src/b.txt', needs: ['fix'] },
          { id: 'look', review: 'Is it right?', by: 'critic', fix: 'fix', rounds: 1, needs: ['verify'] },
          { id: 'ship', ship: {} },
        ],
      }),
    });
    await project.write('ops/inbox/go.md', 'Say what is right\n');
    await run({ project, ran: () => readFileSync(count, 'utf8').trim().split('\n'), held });
  } finally {
    await project.remove();
  }
}

async function notesOf(project: Project, step: string): Promise<readonly string[]> {
  const path = (await project.opsFiles()).find((file) => file.endsWith('/go-1/run.json')) ?? '';
  const { steps } = JSON.parse((await project.show('refs/heads/ops', path)) ?? '') as {
    steps: { key: string; notes?: string[] }[];
  };
  return steps.find(({ key }) => key === step)?.notes ?? [];
}

const AGAIN = 'run again for files that git ignores, which it goes on with and no snapshot holds: setup';
const WITHOUT = 'began without the files that git ignores of steps that are not done again: reproduce';

test('what a review sends back to `fix` finds what `setup` installed, and no agent before it is asked again', () =>
  bugFixer('wrong', async ({ project, ran }) => {
    const tick = await project.pushpals(['tick']);
    assert.is(tick.exitCode, 0, tick.stdout + tick.stderr);
    assert.is(await project.show('pushpals/go', 'src/b.txt'), 'right\n');
    assert.equal(ran(), ['setup', 'reproduce', 'fix', 'setup', 'fix']);
    assert.match(tick.stderr, 'go: setup again, for files that git ignores and fix needs');
    assert.equal((await notesOf(project, 'fix')).slice(0, 2), [AGAIN, WITHOUT]);
    assert.is((await project.pushpals(['audit'])).exitCode, 0);
  }));

test('so does what is taken over from a runner that was killed in `fix`', () =>
  bugFixer('right', async ({ project, ran, held }) => {
    const runner = execa(process.execPath, [resolve('dist/pushpals.js'), 'tick'], { cwd: project.dir, reject: false });
    await until('fix runs', () => existsSync(held));
    runner.kill('SIGKILL');
    await runner;
    const tick = await project.pushpals(['tick']);
    assert.is(tick.exitCode, 0, tick.stdout + tick.stderr);
    assert.is(await project.show('pushpals/go', 'src/b.txt'), 'right\n');
    assert.equal(ran(), ['setup', 'reproduce', 'fix', 'setup', 'fix']);
    assert.equal(await notesOf(project, 'fix'), [AGAIN, WITHOUT]);
  }));

test('what people said yes to is what goes on: the agent before that is not asked again', async () => {
  const project = await makeProject('host', { '.gitignore': 'node_modules/\n' });
  const count = join(project.dir, '.git', 'count');
  try {
    await project.commit({
      'policy/policy.yml': stringify({
        version: 1,
        default: 'low',
        verify: 'identity',
        approvers: [{ id: 'olga', emails: ['olga@example.org'] }],
      }),
      'agents/worker.yml': stringify({ agent: 'worker', command: { argv: ['sh', 'tools/worker.sh'] } }),
      // It never says the same twice.
      'tools/worker.sh': `echo change >> '${count}'; cat > /dev/null; date +%N%s > src/b.txt; cp src/b.txt node_modules/b`,
      'formulas/f.yml': stringify({
        formula: 'f',
        version: 1,
        agent: 'worker',
        steps: [
          { id: 'setup', run: `echo setup >> '${count}'; mkdir -p node_modules; echo use > node_modules/lib` },
          { id: 'change', agent: 'Change it.', needs: ['setup'] },
          { id: 'agree', approve: 'Is it good?', needs: ['change'] },
          { id: 'use', run: `cat node_modules/lib >> '${count}'; cp src/b.txt src/c.txt`, needs: ['agree'] },
          { id: 'ship', ship: {} },
        ],
      }),
    });
    await project.write('ops/inbox/go.yml', 'goal: Go\nformula: f\n');
    const asks = await project.pushpals(['tick']);
    assert.is(asks.exitCode, 3, asks.stdout + asks.stderr);
    const [request] = JSON.parse((await project.pushpals(['vault', 'list', '--json'])).stdout) as { id: string }[];
    const seen = (await project.pushpals(['vault', 'show', request?.id ?? ''])).stdout;
    await project.git('config', 'user.name', 'Olga');
    await project.git('config', 'user.email', 'olga@example.org');
    const approved = await project.pushpals(['vault', 'approve', request?.id ?? '', '--yes']);
    assert.is(approved.exitCode, 0, approved.stderr);
    const tick = await project.pushpals(['tick']);
    assert.is(tick.exitCode, 0, tick.stdout + tick.stderr);
    assert.equal(readFileSync(count, 'utf8').trim().split('\n'), ['setup', 'change', 'setup', 'use']);
    const shipped = (await project.show('pushpals/go', 'src/c.txt')) ?? '';
    assert.is(shipped, await project.show('pushpals/go', 'src/b.txt'));
    assert.ok(shipped !== '' && /src\/b\.txt/.test(seen));
    assert.equal(await notesOf(project, 'use'), [AGAIN, WITHOUT.replace('reproduce', 'change')]);
  } finally {
    await project.remove();
  }
});

/** Two steps, the second of which goes on with what the first left, and is tried twice. Each command is made with the file that counts. */
async function triedTwice(
  setup: (count: string) => string,
  use: (count: string) => string,
  then: (tick: { exitCode?: number | undefined; stderr: string }, counted: string) => void,
): Promise<void> {
  const project = await makeProject('host', { '.gitignore': 'node_modules/\n' });
  const count = join(project.dir, '.git', 'count');
  try {
    await project.commit({
      'formulas/f.yml': stringify({
        formula: 'f',
        version: 1,
        steps: [
          { id: 'setup', run: setup(count) },
          { id: 'use', run: use(count), retry: { attempts: 2, backoff: '10ms' }, needs: ['setup'] },
        ],
      }),
    });
    await project.write('ops/inbox/go.yml', 'goal: Go\nformula: f\n');
    then(await project.pushpals(['tick']), readFileSync(count, 'utf8'));
  } finally {
    await project.remove();
  }
}

test('a step that is tried again finds it as well', () =>
  triedTwice(
    (count) => `echo setup >> '${count}'; mkdir -p node_modules; echo use > node_modules/lib`,
    (count) => `cat node_modules/lib >> '${count}' && [ "$(grep -c use '${count}')" = 2 ]`,
    (tick, counted) => {
      assert.is(tick.exitCode, 0, tick.stderr);
      assert.is(counted, 'setup\nuse\nsetup\nuse\n');
    },
  ));

test('where the command does not succeed any more, nothing starts without what it needs', () =>
  triedTwice(
    (count) => `[ ! -e '${count}' ] && mkdir node_modules && : > node_modules/lib`,
    (count) => `echo use >> '${count}'; exit 1`,
    (tick, counted) => {
      assert.is(tick.exitCode, 1, tick.stderr);
      assert.match(tick.stderr, /step-failed: step setup/);
      assert.is(counted, 'use\n');
    },
  ));

test.run();
