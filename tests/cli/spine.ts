import * as assert from 'uvu/assert';
import { execa } from 'execa';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SANDBOX, makeProject, type Project } from './program.js';

type Register = (name: string, run: () => Promise<void>) => void;

const FIX = `formula: fix
version: 1
scope: { write: ["src/**"] }
inputs: { word: { type: string, default: two } }
steps:
  - id: change
    run: printf '%s\\n' "$PUSHPALS_INPUT_WORD" > src/a.txt
  - id: verify
    check: grep -q two src/a.txt
    needs: [change]
  - id: ship
    ship: { title: "fix: {{ order.goal }}" }
    needs: [verify]
`;

/** A formula of one step. */
const oneStep = (step: string): string =>
  `formula: fix\nversion: 1\nscope: { write: ["src/**"] }\nsteps:\n  - id: only\n${step.replace(/^/gm, '    ')}\n  - id: ship\n    ship: {}\n    needs: [only]\n`;

/** The main job, and each way in which it can go wrong, through the built program on a real repository with one driver. */
export function spineScenarios(driver: 'host' | 'bubblewrap' | 'docker', test: Register): void {
  const scenario = (
    name: string,
    files: Readonly<Record<string, string>>,
    run: (project: Project) => Promise<void>,
  ): void => {
    test(`${driver}: ${name}`, async () => {
      const project = await makeProject(driver);
      try {
        await project.commit({ 'formulas/fix.yml': FIX, ...files });
        await run(project);
      } finally {
        await project.remove();
      }
    });
  };

  scenario('an order in, a commit out, and the whole story in git log', {}, async (project) => {
    await project.write('ops/inbox/fix.md', '---\nformula: fix\n---\n# Make it two\n');
    const tick = await project.pushpals(['tick']);
    assert.is(tick.exitCode, 0, tick.stderr);
    assert.is(await project.show('pushpals/fix', 'src/a.txt'), 'two\n');
    assert.is(await project.show('main', 'src/a.txt'), 'one\n');
    assert.match(
      await project.git('log', '-1', '--format=%B', 'pushpals/fix'),
      /^fix: Make it two\n[^]*PushPals-Order: fix\nPushPals-Run: fix-1/,
    );
    assert.is(await project.git('rev-list', '--count', 'main..pushpals/fix'), '1');

    const files = await project.opsFiles();
    assert.ok(
      files.some((path) => /^done\/\d{4}\/\d{2}\/fix\.yml$/.test(path)),
      files.join('\n'),
    );
    assert.not.ok(files.includes('inbox/fix.md') || files.includes('active/fix.yml'));
    const evidence = files
      .filter((path) => path.startsWith('evidence/') && path.includes('/fix-1/'))
      .map((path) => path.split('/fix-1/')[1]);
    assert.equal(evidence.filter((path) => !path?.startsWith('steps/')).sort(), [
      'diff.patch',
      'provenance.json',
      'report.md',
      'run.json',
    ]);
    const log = (await project.git('log', '--reverse', '--format=%s', 'refs/heads/ops')).split('\n');
    const story = log.filter((subject) => subject.startsWith('order fix'));
    assert.match(story[0] ?? '', /accepted → queue/);
    assert.match(story[1] ?? '', /queue → active \(attempt 1\)/);
    assert.match(story.at(-1) ?? '', /active → done \(shipped\)/);
    assert.match(story.join('\n'), /change succeeded[^]*verify succeeded[^]*ship succeeded/);
    const trailers = await project.git(
      'log',
      '-1',
      '--format=%(trailers:key=PushPals-Event,valueonly)%(trailers:key=PushPals-Run,valueonly)',
      'refs/heads/ops',
    );
    assert.is(trailers.trim(), 'finish\nfix-1');
    assert.is(await project.git('status', '--porcelain'), '');
    assert.is(await project.git('-C', 'ops', 'status', '--porcelain'), '');

    const shown = await project.pushpals(['evidence', 'show', 'fix', '--diff']);
    assert.match(
      shown.stdout,
      /^Shipped\n\nBranch pushpals\/fix[^]*^Evidence[^]*^Risk notes[^]*Rollback[^]*^Follow-ups[^]*-one\n\+two/m,
    );
    assert.match((await project.pushpals(['status'])).stdout, /Ended lately\n {2}fix/);

    const idle = await project.pushpals(['tick']);
    assert.is(idle.exitCode, 0);
    assert.is((await project.git('log', '--format=%s', 'refs/heads/ops')).split('\n').length, log.length);
  });

  // Where nothing is isolated, what a step leaves outside of its work tree stays.
  const places = driver === 'host' ? '.' : '. /tmp "$HOME"';
  const alone = (id: string): string => `  - id: ${id}
    run: |
      { ls -A ${places}; cat .git/config; } > src/seen-${id} 2>&1
      for dir in ${places}; do touch "$dir/left-by-${id}"; done
      rm "left-by-${id}" src/a.txt
      echo out > out.log
      git config user.name left-by-${id} || echo not writable`;
  scenario(
    'a step that needs no other starts from its commit alone, whatever ran before it',
    {
      '.gitignore': '*.log\n',
      'pushpals.yml': `version: 1\nproject: test\nsandbox: ${SANDBOX[driver] ?? ''}\nrunner: { parallel: 1 }\n`,
      'formulas/fix.yml': `formula: fix\nversion: 1\nsteps:\n${['s1', 's2', 's3'].map(alone).join('\n')}\n  - { id: ship, needs: [s1, s2, s3], ship: {} }\n`,
    },
    async (project) => {
      await project.write('ops/inbox/fix.yml', 'goal: Go\nformula: fix\n');
      const tick = await project.pushpals(['tick']);
      assert.is(tick.exitCode, 0, tick.stderr);
      const seen = await Promise.all(['s1', 's2', 's3'].map((id) => project.show('pushpals/fix', `src/seen-${id}`)));
      assert.match(seen[0] ?? '', /pushpals\.yml/);
      assert.not.match(seen.join(''), /left-by|out\.log/);
      assert.is(await project.show('pushpals/fix', 'src/a.txt'), null);
    },
  );

  scenario('nothing is lost with .pushpals', {}, async (project) => {
    await project.pushpals(['order', 'new', 'Make it two first', '--formula', 'fix', '--name', 'early']);
    await rm(join(project.dir, '.pushpals'), { recursive: true, force: true });
    const tick = await project.pushpals(['tick']);
    assert.match(tick.stderr, /early: shipped/);
    assert.is(await project.show('pushpals/early', 'src/a.txt'), 'two\n');
    await rm(join(project.dir, '.pushpals'), { recursive: true, force: true });
    assert.is((await project.pushpals(['tick'])).exitCode, 0);
    assert.match((await project.pushpals(['order', 'show', 'early'])).stdout, /early {2}done/);
  });

  scenario('a run that changes nothing is a quiet success', { 'src/a.txt': 'two\n' }, async (project) => {
    await project.write('ops/inbox/fix.yml', 'goal: Make it two\nformula: fix\n');
    const tick = await project.pushpals(['tick']);
    assert.is(tick.exitCode, 0, tick.stderr);
    assert.match(tick.stderr, /no-change/);
    assert.is(await project.git('branch', '--list', 'pushpals/*'), '');
  });

  scenario('broken YAML is rejected with its place, and the other orders go on', {}, async (project) => {
    await project.write('ops/inbox/bad.yml', 'goal: Make it two\nformla: fix\npriority: [\n');
    await project.write('ops/inbox/typo.yml', 'goal: Make it two\nformla: fix\n');
    await project.write('ops/inbox/good.yml', 'goal: Make it two\nformula: fix\n');
    const tick = await project.pushpals(['tick']);
    assert.is(tick.exitCode, 1, tick.stderr);
    assert.match(tick.stderr, /inbox\/typo\.yml:2:1[^]*formula/);
    assert.is(await project.show('pushpals/good', 'src/a.txt'), 'two\n');
    const files = await project.opsFiles();
    const rejected = files.filter((path) => path.startsWith('rejected/')).map((path) => path.split('/').at(-1));
    assert.equal(rejected.filter((name) => name !== '.gitkeep').sort(), [
      'bad.error.md',
      'bad.yml',
      'typo.error.md',
      'typo.yml',
    ]);
    const error = files.find((path) => path.endsWith('/typo.error.md')) ?? '';
    assert.match((await project.show('ops', error)) ?? '', /formla[^]*formula/);
  });

  scenario(
    'an unknown formula is rejected with the nearest one, and a duplicate with its twin',
    {},
    async (project) => {
      await project.write('ops/inbox/wrong.yml', 'goal: Make it two\nformula: fxi\n');
      const tick = await project.pushpals(['tick']);
      assert.is(tick.exitCode, 1);
      assert.match(tick.stderr, /unknown formula `fxi`[^]*Did you mean `fix`/);
      await project.pushpals(['order', 'new', 'Make it two', '--formula', 'fix', '--name', 'twin']);
      const again = await project.pushpals(['order', 'new', 'Make it  two', '--formula', 'fix']);
      assert.is(again.exitCode, 4);
      assert.match(again.stderr, /already queued as order twin/);
    },
  );

  scenario('cyclic steps: the order waits until the formula is mended', {}, async (project) => {
    await project.commit({
      'formulas/fix.yml': FIX.replace('    run: printf', '    needs: [verify]\n    run: printf'),
    });
    const validate = await project.pushpals(['validate']);
    assert.is(validate.exitCode, 2);
    assert.match(validate.stdout, /formulas\/fix\.yml:\d+:\d+: .*wait for each other/);
    await project.write('ops/inbox/fix.yml', 'goal: Make it two\nformula: fix\n');
    const tick = await project.pushpals(['tick']);
    assert.is(tick.exitCode, 2, tick.stderr);
    assert.ok((await project.opsFiles()).includes('waiting/fix.yml'));
    const commits = await project.git('rev-parse', 'refs/heads/ops');
    await project.pushpals(['tick']);
    assert.is(await project.git('rev-parse', 'refs/heads/ops'), commits, 'waiting makes no noise');
    await project.commit({ 'formulas/fix.yml': FIX });
    assert.is((await project.pushpals(['tick'])).exitCode, 0);
    assert.is(await project.show('pushpals/fix', 'src/a.txt'), 'two\n');
  });

  const marker = `pushpals-marker-${String(process.pid)}`;
  scenario(
    'a step that takes too long is ended with everything it started',
    {
      'formulas/fix.yml': oneStep(
        `run: |\n  echo started\n  MARK=${marker}-${driver} sleep 987 &\n  sleep 987\ntimeout: 1s`,
      ),
    },
    async (project) => {
      await project.write('ops/inbox/fix.yml', 'goal: Hang\nformula: fix\n');
      const tick = await project.pushpals(['tick']);
      assert.is(tick.exitCode, 1, tick.stderr);
      assert.match(tick.stderr, /timeout: step only took longer than 1 s/);
      const left = await execa(
        'sh',
        ['-c', `grep -l '${marker}-${driver}' /proc/[0-9]*/environ 2>/dev/null | grep -v "/proc/$$/" ; true`],
        { env: {} },
      );
      assert.is(left.stdout, '');
      assert.is(await project.git('branch', '--list', 'pushpals/*'), '');
      assert.match((await project.pushpals(['log', 'fix'])).stdout, /started/);
    },
  );

  scenario(
    'a step that writes outside its scope ships nothing',
    { 'formulas/fix.yml': oneStep('run: echo x > src/ok.txt; echo x > README.md') },
    async (project) => {
      await project.write('ops/inbox/fix.yml', 'goal: Wander\nformula: fix\n');
      const tick = await project.pushpals(['tick']);
      assert.is(tick.exitCode, 1, tick.stderr);
      assert.match(
        tick.stderr,
        /scope-violation: step only touched what it must not\n {2}README\.md: not in `write: \["src\/\*\*"\]`/,
      );
      assert.is(await project.git('branch', '--list', 'pushpals/*'), '');
      assert.match(
        await project.git('log', '-1', '--format=%s', 'refs/heads/ops'),
        /active → failed \(scope-violation\)/,
      );
    },
  );

  scenario(
    'a link to /etc/passwd as output is refused and read by nobody',
    { 'formulas/fix.yml': oneStep('run: ln -s /etc/passwd "$PUSHPALS_OUT/outputs.json"') },
    async (project) => {
      await project.write('ops/inbox/fix.yml', 'goal: Peek\nformula: fix\n');
      const tick = await project.pushpals(['tick']);
      assert.is(tick.exitCode, 1, tick.stderr);
      assert.match(tick.stderr, /scope-violation[^]*outputs\.json: .*link/);
      const everything = await project.git('log', '-p', '--all', '--format=%B');
      assert.not.match(everything, /root:x:0:0/);
    },
  );
}
