import * as assert from 'uvu/assert';
import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxDriver } from '../../runner/app/ports/sandbox.js';
import { limitsContract } from './sandbox-limits.js';
import { isolationContract } from './sandbox-isolation.js';
import {
  MB,
  newMark,
  processesWith,
  withSandbox,
  type Opened,
  type Register,
  type SandboxTraits,
  type SpecMore,
} from './sandbox-rig.js';

/** What every sandbox driver must hold. */
export function sandboxContract(
  name: string,
  make: () => SandboxDriver,
  traits: SandboxTraits,
  register: Register,
): void {
  const test = (what: string, run: (opened: Opened) => Promise<void>, more: SpecMore = {}): void => {
    register(`${name}: ${what}`, () => withSandbox(make(), traits, run, more));
  };

  register(`${name}: is available here`, async () => {
    assert.is(await make().unavailable(traits.image), null);
  });

  test('tells how a command ended', async ({ run }) => {
    const good = await run('exit 0');
    assert.equal(
      [good.exitCode, good.signal, good.timedOut, good.cancelled, good.exceeded],
      [0, undefined, false, false, null],
    );
    assert.is((await run('exit 3')).exitCode, 3);
    assert.is((await run('no-such-command-anywhere')).exitCode, 127);
    assert.is((await run('this is ( not a script')).exitCode, 2);
    const killed = await run('kill -9 $$');
    assert.equal([killed.exitCode, killed.signal, killed.exceeded], [137, 'SIGKILL', null]);
    assert.is((await run('sh -c "kill -TERM \\$\\$"')).signal, 'SIGTERM');
    assert.ok((await run('sleep 0.2')).durationMs >= 200);
  });

  test('hands secrets to one command and to nothing after it', async ({ run, sandbox }) => {
    const value = `  two words 'single' "double" $(touch /tmp/pwned) \`id\` \\ \t\n second line — é\ngo`;
    const secrets = [
      { name: 'TOKEN', value, as: 'env' as const },
      { name: 'KEY', value, as: 'file' as const },
    ];
    const printed = await run('printf "%s|" "$TOKEN" "${KEY-none}"; cat "$KEY_FILE"; cat /proc/[0-9]*/cmdline', {
      secrets,
    });
    assert.ok(printed.output.startsWith(`${value}|none|${value}`), printed.output);
    assert.is(printed.output.split('second line').length, 3, 'a process shows it among its arguments');
    sandbox.renew();
    const look =
      'env; set; cat "$HOME"/* "$HOME"/.[!.]* /tmp/* /dev/shm/* /pushpals/* /proc/[0-9]*/environ 2>/dev/null; echo end';
    assert.not.match((await run(traits.isolates ? look : 'env; set')).output, /second line/);
  });

  test('hands the environment on verbatim, and nothing of its own', async ({ run }) => {
    const value = `  two words 'single' "double" $(touch /tmp/pwned) \`id\` \\ \t\n second line — é\n`;
    const { output } = await run('printf "%s|" "$VALUE" "$EMPTY" "$TERM" "$CI" "$GIT_TERMINAL_PROMPT"; env', {
      env: { VALUE: value, EMPTY: '' },
    });
    assert.ok(output.startsWith(`${value}||dumb|true|0|`), output);
    process.env['PUSHPALS_TEST_CANARY'] = 'canary';
    try {
      assert.not.match((await run('env')).output, /canary|SSH_|npm_/);
    } finally {
      delete process.env['PUSHPALS_TEST_CANARY'];
    }
    assert.is((await run('cd "$HOME" && touch here && pwd')).exitCode, 0);
  });

  test('takes a script of 60 KB with any text in it, and keeps standard input empty', async ({ run }) => {
    const script = `# ${'x'.repeat(60 * 1024)}\ncat\nprintf '%s' 'a'"'"'b $HOME \\'\n`;
    assert.is((await run(script)).output, "a'b $HOME \\");
  });

  test('keeps the order of both streams', async ({ run }) => {
    const { output } = await run('for i in 1 2 3 4 5 6 7 8 9; do echo out $i; echo err $i >&2; done');
    assert.is(output, [1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => `out ${String(i)}\nerr ${String(i)}\n`).join(''));
  });

  test('hands output on while the command still runs', async ({ run }) => {
    const controller = new AbortController();
    const end = await run('echo begun; sleep 300', {
      signal: controller.signal,
      onOutput: (chunk) => {
        if (Buffer.from(chunk).toString().includes('begun')) controller.abort();
      },
    });
    assert.is(end.cancelled, true);
  });

  test('ends a command and its background child when the time is up', async ({ run }) => {
    const mark = newMark();
    let seen = 0;
    const end = await run(`sleep ${mark} & echo up; sleep ${mark}`, {
      timeoutMs: 1500,
      onOutput: () => {
        setTimeout(() => {
          seen = processesWith(mark).length;
        }, 300);
      },
    });
    assert.ok(seen >= 2, `they were there: ${String(seen)}`);
    assert.equal([end.exitCode, end.timedOut, end.cancelled], [null, true, false]);
    assert.ok(end.durationMs < 10_000, String(end.durationMs));
    assert.equal(processesWith(mark), []);
    assert.is((await run('echo again')).output, 'again\n');
  });

  test('ends a command when it is cancelled, before or while it runs', async ({ run }) => {
    const mark = newMark();
    const controller = new AbortController();
    const running = run(`trap "" TERM INT HUP; echo up; while :; do sleep ${mark}; done`, {
      signal: controller.signal,
      onOutput: () => {
        controller.abort();
      },
    });
    const end = await running;
    assert.equal([end.exitCode, end.cancelled, end.timedOut], [null, true, false]);
    assert.equal(processesWith(mark), []);
    const before = await run('touch was-run', { signal: AbortSignal.abort() });
    assert.is(before.cancelled, true);
    assert.is((await run('test -e was-run')).exitCode, 1);
  });

  test('a daemon dies with its step', async ({ run, workspace }) => {
    const mark = newMark();
    const daemon = `while :; do date > alive; sleep 0.1; done # ${mark}`;
    const end = await run(
      `setsid sh -c '${daemon}' >/dev/null 2>&1 < /dev/null & nohup sleep ${mark} >/dev/null 2>&1 & setsid setsid sleep ${mark} & while ! test -e alive; do sleep 0.01; done; echo done`,
    );
    assert.equal([end.exitCode, end.output], [0, 'done\n']);
    assert.equal(processesWith(mark), []);
    const last = statSync(join(workspace.dir, 'alive')).mtimeMs;
    await run('sleep 0.3');
    assert.is(statSync(join(workspace.dir, 'alive')).mtimeMs, last);
  });

  test('a step that ends its own shells leaves nothing either', async ({ run }) => {
    const mark = newMark();
    // On the host, the parent is the runner.
    const parent = traits.isolates ? 'kill -9 $PPID; ' : '';
    await run(`setsid sleep ${mark} > /dev/null 2>&1 & setsid sleep ${mark} > /dev/null 2>&1 & ${parent}kill -9 $$`, {
      timeoutMs: 20_000,
    });
    assert.equal(processesWith(mark), []);
    assert.is((await run('echo again')).output, 'again\n');
  });

  test(
    'endless output takes no memory and ends with the time',
    async ({ run }) => {
      let bytes = 0;
      const before = process.memoryUsage().rss;
      const end = await run('exec yes', {
        timeoutMs: 1500,
        onOutput: (chunk) => {
          bytes += chunk.length;
        },
      });
      assert.is(end.timedOut, true);
      assert.ok(bytes > 10 * MB, String(bytes));
      const grown = process.memoryUsage().rss - before;
      assert.ok(grown < 200 * MB, `${String(grown)} bytes more, after ${String(bytes)} of output`);
    },
    { limits: { outputBytes: 1024 ** 4 } },
  );

  test('what it writes is on the host, and belongs to the owner', async ({ run, sandbox, workspace, spec }) => {
    const { owner } = make();
    const { paths } = sandbox;
    const end = await run(
      `pwd; echo new > src/new.txt; printf x > "${paths.out}/result"; cat "${paths.in}/order.json"`,
    );
    assert.is(end.output, `${paths.workspace}\n{"order":{}}\n`);
    for (const file of [join(workspace.dir, 'src/new.txt'), join(spec.outDir, 'result')]) {
      const { uid, gid } = statSync(file);
      assert.equal({ uid, gid }, owner);
    }
    assert.is((await run('cat src/new.txt')).output, 'new\n', 'and is there in the next command');
  });

  test('after `renew` the next command finds the work tree, and no file of another command', async ({
    sandbox,
    run,
  }) => {
    const places = '"$HOME" /tmp /dev/shm';
    const leave = `for d in ${places}; do mkdir -p "$d/left-$MARK/..in" && touch "$d/.left-$MARK" "$d/..left-$MARK" "$d/-left-$MARK"; done; touch here`;
    const env = { MARK: newMark() };
    const look = traits.isolates ? `ls here; ls -aR ${places} | grep -c -e "$MARK"` : 'ls here; echo 0; exit 1';
    const left = await run(traits.isolates ? leave : 'touch here', { env });
    assert.is(left.exitCode, 0, left.output);
    sandbox.renew();
    const seen = await run(look, { env });
    assert.equal([seen.exitCode, seen.output], [1, 'here\n0\n']);
  });

  test('a command begins when it is told to, and reads nothing of that', async ({ run, workspace }) => {
    const mark = join(workspace.dir, 'begun');
    let begin: (goes: boolean) => void = () => undefined;
    const told = new Promise<boolean>((resolve) => {
      begin = resolve;
    });
    const running = run('touch begun; cat; echo out', { begin: told });
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.not.ok(existsSync(mark));
    begin(true);
    const end = await running;
    assert.equal([end.exitCode, end.output], [0, 'out\n']);
    assert.ok(existsSync(mark));
  });

  test('a command that is told not to begin never does', async ({ run, sandbox }) => {
    for (const renewed of [false, true]) {
      if (renewed) sandbox.renew();
      const end = await run('touch begun; echo out', { begin: Promise.resolve(false) });
      assert.equal([end.cancelled, end.exitCode, end.output], [true, null, '']);
      assert.is((await run('ls')).output.includes('begun'), false);
    }
  });

  test('after `renew` output and exit code are the command’s own', async ({ sandbox, run }) => {
    for (const [script, output, exitCode] of [
      ['printf %s 0', '0', 0],
      ['true', '', 0],
      ['echo out; echo err >&2; exit 3', 'out\nerr\n', 3],
      ['printf %s "$0$1$2$3" | wc -l; exit 1', '0\n', 1],
    ] as const) {
      await run('true');
      sandbox.renew();
      const end = await run(script);
      assert.equal([end.output, end.exitCode], [output, exitCode]);
    }
  });

  register(`${name}: git works inside, and the real repository does not change`, () =>
    withSandbox(
      make(),
      traits,
      async ({ run, workspace }) => {
        const objects = (): string => readdirSync(join(workspace.home, 'repository/.git/objects')).join(' ');
        const before = objects();
        const end = await run(
          'git status --porcelain && git log --format=%s && echo two > src/a.txt && git status --porcelain && git diff --stat && git commit -q -am "from inside" && git log --format=%an:%s && git status --porcelain',
        );
        assert.is(end.exitCode, 0, end.output);
        assert.is(
          end.output,
          'begin\n M src/a.txt\n src/a.txt | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\nagent:from inside\nAda:begin\n',
        );
        assert.is(objects(), before);
      },
      {},
    ),
  );

  if (traits.boundsMemory) {
    test(
      'a step that takes too much memory is ended, and said to be',
      async ({ run }) => {
        const end = await run('x=$(head -c 100000000 /dev/zero | tr "\\0" x); y="$x$x$x"; echo "${#y}"', {
          timeoutMs: 50_000,
        });
        assert.equal([end.exitCode === 0, end.exceeded], [false, { limit: 'memory', most: 128 * MB, used: null }]);
        const again = await run('echo again; exit 4');
        assert.equal([again.output, again.exitCode, again.exceeded], ['again\n', 4, null]);
        const caught = await run('sh -c \'x=$(head -c 100000000 /dev/zero | tr "\\0" x); y="$x$x$x"\'; exit 0');
        assert.equal([caught.exitCode, caught.exceeded], [0, null]);
      },
      { limits: { memoryBytes: 128 * MB } },
    );
  }

  test('a command runs on what was changed on the host since the one before', async ({ run, workspace, spec }) => {
    assert.is((await run('echo mine > src/own.txt; echo x > kept')).exitCode, 0);
    rmSync(join(workspace.dir, 'src/own.txt'));
    writeFileSync(join(workspace.dir, 'README.md'), 'changed\n');
    mkdirSync(join(spec.outDir, 'step'));
    const { uid, gid } = make().owner;
    chownSync(join(spec.outDir, 'step'), uid, gid);
    const end = await run('ls src; cat README.md kept; echo y > "$OUT/step/result"', {
      env: { OUT: traits.isolates ? '/pushpals/out' : spec.outDir },
    });
    assert.equal([end.exitCode, end.output], [0, 'a.txt\nchanged\nx\n']);
    assert.is(readFileSync(join(spec.outDir, 'step/result'), 'utf8'), 'y\n');
  });

  test('close can be said twice', async ({ sandbox }) => {
    await sandbox.close();
    await sandbox.close();
  });

  register(`${name}: folders that a step replaced are refused`, async () => {
    const driver = make();
    await withSandbox(driver, traits, async ({ workspace, spec }) => {
      const refused = await driver.open({
        ...spec,
        key: '2-other',
        workspace: { ...workspace, gitDir: join(workspace.home, 'nothing') },
      });
      assert.is(refused.ok, false);
      assert.is(refused.ok ? '' : refused.failure.class, 'scope-violation');
    });
  });

  if (traits.isVariant !== true) limitsContract(test, traits);
  if (traits.isolates) isolationContract(test, traits);
}
