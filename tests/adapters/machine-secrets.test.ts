import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MachineSecrets } from '../../runner/adapters/machine-secrets.js';
import type { SecretSource } from '../../runner/app/ports/secrets.js';

const CANARY = 'canary-4711';
const test = suite<{ dir: string; top: string; store: MachineSecrets }>('machine secrets');

test.before.each((context) => {
  context.dir = realpathSync(mkdtempSync(join(tmpdir(), 'pushpals-secrets-')));
  context.top = join(context.dir, 'repository');
  mkdirSync(context.top);
  const env = { PUSHPALS_SECRET_TOKEN: CANARY, OTHER: `${CANARY}-2`, SHORT: 'abc' };
  context.store = new MachineSecrets(env, '/usr/bin:/bin', [context.top], process.getuid?.() ?? 0);
});
test.after.each(({ dir }) => {
  rmSync(dir, { recursive: true });
});

/** The value, or why there is none; both ways of asking must agree. */
async function ask(store: MachineSecrets, source: SecretSource): Promise<string> {
  const read = await store.read('TOKEN', source);
  const missing = store.missing('TOKEN', source);
  if (source?.command === undefined) assert.is(missing === null, read.ok);
  if (read.ok) return read.value;
  assert.not.match(JSON.stringify(read.failure), new RegExp(CANARY));
  return read.failure.why;
}

test('takes a value from the environment', async ({ store }) => {
  assert.is(await ask(store, undefined), CANARY);
  assert.is(await ask(store, { env: 'OTHER' }), `${CANARY}-2`);
  assert.match(await ask(store, { env: 'NONE' }), /has no variable NONE/);
  assert.match(await ask(store, { env: 'SHORT' }), /shorter than 6 characters/);
});

test('takes a value from a file that only its owner may read, outside of the repository', async ({
  dir,
  top,
  store,
}) => {
  const file = join(dir, 'token');
  const inside = join(top, 'token');
  const link = join(dir, 'link');
  writeFileSync(file, `${CANARY}\n`, { mode: 0o600 });
  writeFileSync(inside, CANARY, { mode: 0o600 });
  symlinkSync(inside, link);
  assert.is(await ask(store, { file }), CANARY);
  assert.match(await ask(store, { file: inside }), /lies in the repository$/);
  assert.match(await ask(store, { file: link }), /lies in the repository by a link/);
  assert.match(await ask(store, { file: join(dir, 'none') }), /is not there/);
  assert.match(await ask(store, { file: dir }), /is no file/);
  assert.match(await ask(store, { file: '/dev/null' }), /is no file/);
  chmodSync(file, 0o644);
  assert.match(await ask(store, { file }), /may be read by others \(mode 644\)/);
});

test('takes a value from what a command prints, without a shell and never for ever', async ({ dir, top, store }) => {
  assert.is(await ask(store, { command: ['printf', '%s\n', `$(id) ${CANARY}`] }), `$(id) ${CANARY}`);
  assert.is(await ask(store, { command: ['cat'] }), 'it is empty');
  assert.match(await ask(store, { command: ['no-such-program-anywhere'] }), /no program that is found/);
  assert.match(await ask(store, { command: ['sh', '-c', 'echo "$OTHER" >&2; exit 3'] }), /exit code 3/);
  assert.match(await ask(store, { command: ['yes'] }), /prints more than/);
  assert.is(await ask(store, { command: ['sh', '-c', `sleep 60 & echo ${CANARY}`] }), CANARY, 'what it leaves running');
  const hasty = new MachineSecrets({}, '/usr/bin:/bin', [top], 0, 200);
  assert.match(await ask(hasty, { command: ['sh', '-c', 'sleep 60; echo a value'] }), /took longer than 0.2 s/);
  assert.match(await ask(store, { command: ['printf', '\\377\\376abcdefg'] }), /no text in UTF-8/);
  assert.is(await ask(store, { command: ['sh', '-c', 'pwd; echo "[${PUSHPALS_SECRET_TOKEN-none}]"'] }), '/\n[none]');
  const program = join(top, 'program');
  writeFileSync(program, `#!/bin/sh\necho ${CANARY}\n`, { mode: 0o755 });
  assert.match(await ask(store, { command: [program] }), /lies in the repository/);
  const link = join(dir, 'program');
  symlinkSync(program, link);
  assert.match(await ask(store, { command: [link] }), /lies in the repository/);
});

test.run();
