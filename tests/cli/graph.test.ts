// deadline: 240s
// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProject, type Project } from './program.js';

async function withFormula(
  steps: string,
  run: (project: Project) => Promise<void>,
  extra: Record<string, string> = {},
): Promise<void> {
  const project = await makeProject('host');
  try {
    await project.commit({ 'formulas/f.yml': `formula: f\nversion: 1\n${steps}`, ...extra });
    await project.write('ops/inbox/go.yml', 'goal: Go\nformula: f\n');
    await run(project);
  } finally {
    await project.remove();
  }
}

const tickOk = async (project: Project): Promise<string> => {
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 0, tick.stderr);
  return tick.stderr;
};

test('independent steps run at the same time, each in a tree of its own, and their results are merged', async () => {
  // Each waits for a sign of the other, which only comes if both run at once.
  const meet = (own: string, other: string): string =>
    `mkdir -p "$SIGNS"; touch "$SIGNS/${own}"; for i in $(seq 200); do [ -e "$SIGNS/${other}" ] && break; sleep 0.05; done; [ -e "$SIGNS/${other}" ] || exit 1; ls > ${own}.txt`;
  const signs = `/tmp/pushpals-signs-${String(process.pid)}`;
  await withFormula(
    `steps:
  - { id: install, run: "mkdir -p node_modules; echo lib > node_modules/lib; echo node_modules/ > .gitignore" }
  - { id: a, needs: [install], env: { SIGNS: ${signs} }, run: '${meet('a', 'b')}; cat node_modules/lib' }
  - { id: b, needs: [install], env: { SIGNS: ${signs} }, run: '${meet('b', 'a')}; cat node_modules/lib' }
  - { id: both, needs: [a, b], run: "cat a.txt b.txt > both.txt; rm -rf ${signs}" }
  - { id: ship, ship: {} }
`,
    async (project) => {
      await tickOk(project);
      const files = (await project.git('ls-tree', '-r', '--name-only', 'pushpals/go')).split('\n');
      assert.ok(
        ['a.txt', 'b.txt', 'both.txt', '.gitignore'].every((name) => files.includes(name)),
        files.join(' '),
      );
      assert.not.ok(files.some((name) => name.startsWith('node_modules')));
      assert.not.match(
        (await project.show('pushpals/go', 'both.txt')) ?? '',
        /^[ab]\.txt\n[^]*^[ab]\.txt\n[^]*^a\.txt\nb\.txt/m,
      );
    },
  );
});

test('a dozen steps side by side are told of in our own words alone', async () => {
  const ids = Array.from({ length: 12 }, (_, index) => `s${String(index)}`);
  await withFormula(
    `steps:\n${ids.map((id) => `  - { id: ${id}, run: "sleep 1" }\n`).join('')}`,
    async (project) => {
      assert.not.match(await tickOk(project), /MaxListeners/);
    },
    { 'pushpals.yml': 'version: 1\nproject: test\nrunner: { parallel: 12 }\nsandbox: { driver: host }\n' },
  );
});

test('two steps that change one line do not fit together, and that is said with the path', async () => {
  await withFormula(
    `steps:
  - { id: a, run: "echo a > src/a.txt" }
  - { id: b, run: "echo b > src/a.txt" }
  - { id: both, needs: [a, b], run: "true" }
  - { id: ship, ship: {} }
`,
    async (project) => {
      const tick = await project.pushpals(['tick']);
      assert.is(tick.exitCode, 1, tick.stderr);
      assert.match(
        tick.stderr,
        /merge-conflict: what step both needs does not fit together\n {2}conflict in src\/a\.txt/,
      );
    },
  );
});

test('matrix, when, outputs, retry, continue-on-failure and expect', async () => {
  await withFormula(
    `inputs: { count: { type: integer, default: 2 } }
steps:
  - id: count
    run: printf '{"n":%s,"name":"x"}' "$PUSHPALS_INPUT_COUNT" > "$PUSHPALS_OUT/outputs.json"; echo data > "$PUSHPALS_OUT/extra.txt"
    outputs: { type: object, required: [n], properties: { n: { type: integer } } }
  - id: each
    needs: [count]
    matrix: { word: [one, two], flag: [true] }
    run: echo "$MATRIX_WORD $MATRIX_FLAG" > "src/$MATRIX_WORD.txt"
  - { id: wanted, needs: [count], when: "steps.count.outputs.n == inputs.count && order.goal == 'Go'", run: "echo yes > src/wanted.txt" }
  - { id: unwanted, needs: [count], when: "steps.count.outputs.n > 5", run: "echo no > src/unwanted.txt" }
  - { id: flaky, retry: { attempts: 3, backoff: 10ms }, run: "n=$(cat /tmp/pushpals-flaky-${String(process.pid)} 2>/dev/null || echo 0); echo $((n + 1)) > /tmp/pushpals-flaky-${String(process.pid)}; [ $n -ge 1 ]" }
  - { id: tolerated, continue-on-failure: true, run: "exit 3" }
  - { id: red, needs: [each], check: "test -e src/none.txt", expect: failure }
  - { id: after, needs: [unwanted, tolerated], when: "changes.lines == 0 && steps.tolerated.state == 'failed'", run: "rm -f /tmp/pushpals-flaky-${String(process.pid)}" }
  - { id: ship, ship: { title: "do {{ inputs.count }}" } }
`,
    async (project) => {
      await tickOk(project);
      const files = (await project.git('ls-tree', '-r', '--name-only', 'pushpals/go', 'src/')).split('\n');
      assert.equal(files, ['src/a.txt', 'src/one.txt', 'src/two.txt', 'src/wanted.txt']);
      assert.is(await project.show('pushpals/go', 'src/two.txt'), 'two true\n');
      assert.is(await project.git('log', '-1', '--format=%s', 'pushpals/go'), 'do 2');
      const run = JSON.parse((await project.pushpals(['evidence', 'show', 'go', '--json'])).stdout) as {
        run: { steps: { key: string; state: string; attempt?: number; files: string[] }[] };
      };
      const steps = new Map(run.run.steps.map((step) => [step.key, step]));
      assert.is(steps.get('flaky')?.attempt, 2);
      assert.is(steps.get('unwanted')?.state, 'skipped');
      assert.is(steps.get('tolerated')?.state, 'failed');
      assert.is(steps.get('after')?.state, 'succeeded');
      assert.equal(steps.get('count')?.files, ['extra.txt']);
    },
  );
});

test('a step files orders from its output, once, and they run; a bad one files none', async () => {
  await withFormula(
    `steps:
  - { id: plan, run: "printf '{\\"orders\\":[{\\"goal\\":\\"one\\",\\"formula\\":\\"child\\"},{\\"goal\\":\\"two\\",\\"formula\\":\\"child\\"}]}' > $PUSHPALS_OUT/outputs.json" }
  - { id: file, needs: [plan], orders: "steps.plan.outputs.orders" }
`,
    async (project) => {
      await tickOk(project);
      const list = await project.pushpals(['order', 'list', '--all', '--json']);
      const orders = (JSON.parse(list.stdout) as { id: string; state: string; parent?: string }[]).map(
        ({ id, state, parent }) => `${id} ${state} ${parent ?? ''}`,
      );
      assert.equal(orders.sort(), ['go done ', 'go-file done go', 'go-file-2 done go']);
      assert.match(
        await project.git('log', '--format=%s', 'refs/heads/ops', '--'),
        /order go-file: filed by go → queue/,
      );
    },
    { 'formulas/child.yml': 'formula: child\nversion: 1\nsteps: [{ id: only, run: "true" }]\n' },
  );
  await withFormula(
    `steps:
  - { id: plan, run: "printf '{\\"orders\\":[{\\"goal\\":\\"one\\",\\"formula\\":\\"nope\\"},{\\"gaol\\":\\"two\\"}]}' > $PUSHPALS_OUT/outputs.json" }
  - { id: file, needs: [plan], orders: "steps.plan.outputs.orders" }
`,
    async (project) => {
      const tick = await project.pushpals(['tick']);
      assert.is(tick.exitCode, 1, tick.stderr);
      assert.match(tick.stderr, /output-invalid: step file/);
      assert.is(
        (JSON.parse((await project.pushpals(['order', 'list', '--all', '--json'])).stdout) as unknown[]).length,
        1,
      );
    },
  );
});

test('an order waits for the one it comes after, and expires when it is too late', async () => {
  await withFormula('steps: [{ id: only, run: "sleep 0.3" }]\n', async (project) => {
    await project.write('ops/inbox/second.yml', 'goal: Then\nformula: f\nafter: [go]\npriority: interactive\n');
    await project.write('ops/inbox/late.yml', 'goal: Late\nformula: f\nexpires: 2020-01-01T00:00:00Z\n');
    await tickOk(project);
    const story = (await project.git('log', '--reverse', '--format=%s', 'refs/heads/ops', '--')).split('\n');
    const at = (part: string): number => story.findIndex((subject) => subject.includes(part));
    assert.ok(
      at('order go: active → done') < at('order second: ') + 100 &&
        at('order go: active → done') < at('order second: waiting → active'),
      story.join('\n'),
    );
    assert.ok(at('order late: queue → cancelled (expired)') >= 0, story.join('\n'));
    const bad = await project.pushpals(['order', 'new', 'x', '--formula', 'f', '--after', 'nobody']);
    assert.is(bad.exitCode, 2);
    assert.match(bad.stderr, /`after` names nobody/);
  });
});

test('what the policy does not name waits, and a change to a guarded path ships nothing', async () => {
  await withFormula(
    'steps:\n  - { id: only, run: "mkdir -p .github; echo x > .github/ci.yml" }\n  - { id: ship, ship: {} }\n',
    async (project) => {
      await project.commit({ 'policy/policy.yml': 'version: 1\n' });
      const waits = await project.pushpals(['tick']);
      assert.is(waits.exitCode, 3, waits.stderr);
      assert.match(waits.stderr, /policy-denied[^]*rule default \(high\): no rule of the policy names it/);
      await project.commit({
        'policy/policy.yml':
          'version: 1\ndefault: low\nrules:\n  - { id: workflows, tier: high, paths: [".github/**"] }\n',
      });
      const tick = await project.pushpals(['tick']);
      assert.is(tick.exitCode, 1, tick.stderr);
      assert.match(tick.stderr, /rule workflows \(high\)/);
      assert.is(await project.git('branch', '--list', 'pushpals/*'), '');
    },
  );
});

test.run();
