import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { collectOutputs } from '../../runner/adapters/collect-outputs.js';
import { LocalRunFiles } from '../../runner/adapters/run-files.js';
import type { CollectedOutputs } from '../../runner/app/ports/run-files.js';
import type { Owner } from '../../runner/app/ports/workspaces.js';
import type { Failure } from '../../runner/core/failure.js';
import type { RunId, StepKey } from '../../runner/core/ids.js';
import { asSomebody } from '../unprivileged.js';

const SELF: Owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const OTHER: Owner = { uid: 61347, gid: 61347 };
const RUN = 'fix-1' as RunId;
const STEP = 'build' as StepKey;
const MB = 1024 * 1024;

interface Context {
  dir: string;
  files: LocalRunFiles;
  outDir: string;
  /** The step's own output folder. */
  out: string;
}

const test = suite<Context>('run files', { dir: '', files: new LocalRunFiles('', SELF), outDir: '', out: '' });
test.before.each(async (context) => {
  context.dir = mkdtempSync(join(tmpdir(), 'pushpals-run-'));
  context.files = new LocalRunFiles(context.dir, SELF);
  context.outDir = (await context.files.prepare(RUN, '1-build', {}, SELF)).outDir;
  context.out = join(context.outDir, await context.files.stepOut(context.outDir, STEP, SELF));
});
test.after.each(({ dir }) => {
  rmSync(dir, { recursive: true, force: true });
});

async function collected({ files, outDir }: Context): Promise<CollectedOutputs> {
  const result = await files.collect(outDir, STEP);
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.failure)}`);
  return result.value;
}

async function refused({ files, outDir }: Context): Promise<Failure> {
  const result = await files.collect(outDir, STEP);
  if (result.ok) throw new Error(`taken: ${JSON.stringify(result.value)}`);
  return result.failure;
}

const violation = (path: string, why: string): Failure => ({
  class: 'scope-violation',
  step: STEP,
  entries: [{ path: `$PUSHPALS_OUT/${path}`, why }],
});

test('the folders are empty, and readable for the sandbox’s user whatever the umask', async ({
  files,
  outDir,
  out,
}) => {
  writeFileSync(join(out, 'left'), 'by a dead runner');
  const umask = process.umask(0o077);
  try {
    const made = await files.prepare(RUN, '1-build', { goal: 'mend' }, SELF);
    assert.is(made.outDir, outDir);
    assert.equal(readdirSync(outDir), []);
    assert.equal(JSON.parse(readFileSync(join(made.inDir, 'order.json'), 'utf8')), { goal: 'mend' });
    assert.is(statSync(made.inDir).mode & 0o777, 0o755);
    assert.is(statSync(join(made.inDir, 'order.json')).mode & 0o777, 0o644);
    await files.stepOut(outDir, STEP, SELF);
    assert.is(statSync(out).mode & 0o777, 0o755);
  } finally {
    process.umask(umask);
  }
});

if (SELF.uid === 0) {
  test('the output folders belong to the sandbox’s user, and the input does not', async ({ files }) => {
    const { inDir, outDir } = await files.prepare(RUN, '2-build', {}, OTHER);
    const step = join(outDir, await files.stepOut(outDir, STEP, OTHER));
    assert.equal(
      [outDir, step, inDir, join(inDir, 'order.json')].map((path) => statSync(path).uid),
      [61347, 61347, 0, 0],
    );
  });
} else {
  test.skip('the output folders belong to the sandbox’s user, and the input does not');
}

test('a step finds its output folder empty, whatever an earlier step put there', async (context) => {
  const { files, outDir, out, dir } = context;
  mkdirSync(join(dir, 'elsewhere'));
  writeFileSync(join(dir, 'elsewhere', 'kept'), '');
  rmSync(out, { recursive: true });
  symlinkSync(join(dir, 'elsewhere'), out);
  await files.stepOut(outDir, STEP, SELF);
  assert.ok(statSync(out).isDirectory());
  assert.equal(readdirSync(out), []);
  assert.ok(existsSync(join(dir, 'elsewhere', 'kept')));
  // On the host, nothing keeps a step from taking the whole folder away.
  rmSync(outDir, { recursive: true });
  symlinkSync(join(dir, 'elsewhere'), outDir);
  await files.stepOut(outDir, STEP, SELF);
  assert.equal(readdirSync(join(dir, 'elsewhere')), ['kept']);
  assert.equal((await collected(context)).files, []);
});

test('outputs and files are read', async (context) => {
  writeFileSync(join(context.out, 'outputs.json'), '{"count": 2, "deep": [[["ok [ { \\" ["]]]}');
  writeFileSync(join(context.out, 'report.txt'), 'text');
  const { outputs, files, notes } = await collected(context);
  assert.equal(outputs, { count: 2, deep: [[['ok [ { " [']]] });
  assert.equal(
    files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]),
    [['report.txt', 'text']],
  );
  assert.equal(notes, []);
});

test('no outputs are no failure', async (context) => {
  assert.equal(await collected(context), { outputs: undefined, files: [], notes: [] });
});

for (const [what, bytes] of [
  ['half an object', '{"a":'],
  ['nothing', ''],
  ['Latin-1', Buffer.from([0x22, 0xe4, 0x22])],
  ['UTF-16', Buffer.from('{"a":1}', 'utf16le')],
  ['a string that does not end', `"${'\\"'.repeat(200_000)}`],
  ['200,000 brackets', '['.repeat(200_000)],
  ['nesting that would overflow a stack', '['.repeat(100_000) + ']'.repeat(100_000)],
] as const)
  test(`outputs.json holding ${what} is invalid`, async (context) => {
    writeFileSync(join(context.out, 'outputs.json'), bytes);
    const failure = await refused(context);
    assert.is(failure.class, 'output-invalid');
  });

test('outputs.json of exactly 1 MB is read, and one byte more is invalid', async (context) => {
  const place = join(context.out, 'outputs.json');
  writeFileSync(place, `"${'x'.repeat(MB - 2)}"`);
  assert.is(((await collected(context)).outputs as string).length, MB - 2);
  writeFileSync(place, `"${'x'.repeat(MB - 1)}"`);
  assert.equal(await refused(context), {
    class: 'output-invalid',
    step: STEP,
    why: 'outputs.json is larger than 1048576 bytes',
  });
});

for (const name of ['outputs.json', 'other']) {
  test(`a link named ${name} is refused, whatever it points at`, async (context) => {
    const place = join(context.out, name);
    for (const target of ['/etc/passwd', 'nowhere', '..', name]) {
      symlinkSync(target, place);
      assert.equal(await refused(context), violation(name, 'it is a symbolic link, which is never followed'));
      rmSync(place);
    }
  });

  test(`a hard link named ${name} is refused`, async (context) => {
    writeFileSync(join(context.dir, 'secret'), '"secret"');
    linkSync(join(context.dir, 'secret'), join(context.out, name));
    assert.equal(await refused(context), violation(name, 'it is a hard link to another file'));
  });

  test(`a FIFO named ${name} is refused without waiting for a writer`, async (context) => {
    execFileSync('mkfifo', [join(context.out, name)]);
    assert.equal(await refused(context), violation(name, 'it is not a plain file'));
  });

  test(`a socket named ${name} is refused`, async (context) => {
    const server = createServer();
    await new Promise<void>((listening) => {
      server.listen(join(context.out, name), listening);
    });
    try {
      assert.equal(await refused(context), violation(name, 'it is not a plain file'));
    } finally {
      await new Promise((closed) => {
        server.close(closed);
      });
    }
  });
}

test('a folder named outputs.json is refused, and any other is left out with a note', async (context) => {
  mkdirSync(join(context.out, 'more'));
  symlinkSync('/etc', join(context.out, 'more', 'inside'));
  assert.equal((await collected(context)).notes, ['more in the outputs is not kept: folders are not']);
  mkdirSync(join(context.out, 'outputs.json'));
  assert.equal(await refused(context), violation('outputs.json', 'it is a folder'));
});

test('the output folder itself, replaced by a link, a file or nothing, is refused', async (context) => {
  const { out, outDir } = context;
  const gone = violation('', 'the output folder was removed or replaced');
  mkdirSync(join(context.dir, 'elsewhere'));
  for (const place of [out, outDir]) {
    rmSync(place, { recursive: true });
    assert.equal(await refused(context), gone);
    symlinkSync(join(context.dir, 'elsewhere'), place);
    assert.equal(await refused(context), gone);
    rmSync(place);
    writeFileSync(place, '');
    assert.equal(await refused(context), gone);
    rmSync(place);
    mkdirSync(place);
  }
});

test('a file that is too large is left out unread, with a note', async (context) => {
  writeFileSync(join(context.out, 'huge'), '');
  // Sparse: it has this size and takes no space.
  truncateSync(join(context.out, 'huge'), 10 * 1024 * MB);
  writeFileSync(join(context.out, 'fits'), Buffer.alloc(MB));
  const { files, notes } = await collected(context);
  assert.equal(
    files.map(({ name, bytes }) => [name, bytes.length]),
    [['fits', MB]],
  );
  assert.equal(notes, ['huge in the outputs is not kept: it is larger than 1048576 bytes']);
});

test('20 files are kept, beside the outputs, and the rest is named', async (context) => {
  for (let count = 10; count < 32; count += 1) writeFileSync(join(context.out, `f${String(count)}`), '');
  writeFileSync(join(context.out, 'outputs.json'), '1');
  const { outputs, files, notes } = await collected(context);
  assert.is(outputs, 1);
  assert.is(files.length, 20);
  assert.equal(
    notes,
    ['f30', 'f31'].map((name) => `${name} in the outputs is not kept: at most 20 files are`),
  );
});

test('a folder of too many entries is refused without listing them all', async (context) => {
  for (let count = 0; count < 1001; count += 1) writeFileSync(join(context.out, String(count)), '');
  assert.equal(await refused(context), violation('', 'it holds more than 1000 entries'));
});

test('odd names are left out, and shown so that they do no harm', async (context) => {
  const at = Buffer.from(`${context.out}/`);
  for (const name of ['-rf', 'a\nb', '\u001b[2J', '\u202eexe.txt', 'ä', 'x'.repeat(101)])
    writeFileSync(join(context.out, name), '');
  writeFileSync(Buffer.concat([at, Buffer.from([0x66, 0xff])]), '');
  const { files, notes } = await collected(context);
  assert.equal(files, []);
  assert.is(notes.length, 7);
  assert.not.match(notes.join(''), /[\n\u001b\u202e]/);
  assert.match(notes.join('\n'), /its name is not UTF-8/);
});

test('an output folder that the step locked is read all the same, a file that it locked is not', ({ dir }) => {
  chmodSync(dir, 0o777);
  const outDir = join(dir, 'out');
  const out = join(outDir, STEP);
  const collect = (): unknown => {
    for (const place of [out, outDir]) chmodSync(place, 0);
    return collectOutputs(outDir, STEP);
  };
  asSomebody(() => {
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'outputs.json'), '{}');
    writeFileSync(join(out, 'locked'), '', { mode: 0 });
    const notes = ['locked in the outputs is not kept: it may not be read'];
    assert.equal(collect(), { ok: true, value: { outputs: {}, files: [], notes } });
    chmodSync(join(out, 'outputs.json'), 0);
    const failure = { class: 'output-invalid', step: STEP, why: 'outputs.json may not be read' };
    assert.equal(collect(), { ok: false, failure });
  });
});

/** Until a file made now is younger than that one: the file system's clock may tick only every few milliseconds. */
function waitForFileClock(dir: string, older: string): void {
  const deadline = performance.now() + 5000;
  const probe = join(dir, 'probe');
  writeFileSync(probe, '');
  while (statSync(probe).birthtimeMs <= statSync(older).birthtimeMs) {
    assert.ok(performance.now() < deadline, 'the clock of the file system stands still');
    rmSync(probe);
    writeFileSync(probe, '');
  }
}

test('live logs are those of this run, the oldest first', async ({ files, dir }) => {
  assert.equal(await files.liveLogs('other-1' as RunId, new Map()), []);
  for (const step of ['b', 'a.1', 'a.2'] as StepKey[]) {
    const log = files.log(RUN, step);
    log.write(Buffer.from(`says ${step}\n`));
    await log.end();
    waitForFileClock(dir, join(dir, 'runs', RUN, 'logs', `${step}.log`));
  }
  const texts = async (read: ReadonlyMap<string, number>): Promise<readonly (readonly [string, string])[]> =>
    (await files.liveLogs(RUN, read)).map(({ step, bytes }) => [step, Buffer.from(bytes).toString('utf8')]);
  assert.equal(
    await texts(new Map()),
    ['b', 'a.1', 'a.2'].map((step) => [step, `says ${step}\n`]),
  );
  assert.equal(
    await texts(
      new Map([
        ['b', 5],
        ['a.1', 9],
      ]),
    ),
    [
      ['b', 'b\n'],
      ['a.2', 'says a.2\n'],
    ],
    'what was read before is not read again',
  );
});

test('what another runner left of a transcript is read once, and anew after the run was forgotten', async ({
  files,
  dir,
}) => {
  const place = join(dir, 'kept', RUN, 'transcripts', 'a.ndjson');
  const before = (): string => {
    const lines = files.transcript(RUN, 'a' as StepKey);
    lines.end();
    return lines.before;
  };
  const leave = (text: string): void => {
    mkdirSync(join(place, '..'), { recursive: true });
    writeFileSync(place, text);
  };
  leave('one\n');
  assert.is(before(), 'one\n');
  await files.remove(RUN);
  leave('one\n');
  assert.is(before(), '', 'this process goes on with it');
  await files.forget(RUN);
  leave('two\n');
  assert.is(before(), 'two\n');
  await files.sweep(() => Promise.resolve(new Set()));
  leave('three\n');
  assert.is(before(), 'three\n');
});

test('removing a run leaves what is kept of it until it is forgotten, and the others alone', async ({ files, dir }) => {
  const [other, spent] = ['other-1' as RunId, { turns: 1, inputTokens: 2, outputTokens: 3, costUsd: 0 }];
  await files.prepare(other, '1', {}, SELF);
  for (const run of [RUN, other]) files.keepSpent(run, spent);
  await files.remove(RUN);
  await files.remove(RUN);
  assert.equal(readdirSync(join(dir, 'runs')), ['other-1']);
  assert.equal(files.keptSpent(RUN), spent);
  await files.forget(RUN);
  await files.forget(RUN);
  assert.is(files.keptSpent(RUN), null);
  assert.equal(files.keptSpent(other), spent);
});

test.run();
