import { execa } from 'execa';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

/** One file on each floor, as it may be. */
const SOUND: Readonly<Record<string, string>> = {
  'runner/generated/types.ts': 'export type A = 1;\n',
  'runner/core/a.ts': "import type { A } from '../generated/types.js';\nexport const a: A = 1;\n",
  'runner/app/ports/machine.ts': "import type { A } from '../../generated/types.js';\nexport type Port = A;\n",
  'runner/app/b.ts':
    "import { a } from '../core/a.js';\nimport type { Port } from './ports/machine.js';\nexport const b: Port = a;\n",
  'runner/cli/c.ts': "import { b } from '../app/b.js';\nexport const c = b;\n",
  'runner/adapters/d.ts':
    "import { join } from 'node:path';\nimport type { Port } from '../app/ports/machine.js';\nimport { a } from '../core/a.js';\nexport const d: [Port, string] = [a, join('a')];\n",
  'runner/main.ts': "import { d } from './adapters/d.js';\nimport { c } from './cli/c.js';\nconsole.log(c, d);\n",
};

/** What breaks each rule: the folder of a file, what the file imports, and the rule. */
const BROKEN: readonly (readonly [folder: string, imports: string, rule: string])[] = [
  ['runner/core', "import '../adapters/d.js';", 'core-is-pure'],
  ['runner/core', "import type {} from '../app/ports/machine.js';", 'core-is-pure'],
  ['runner/core', "import 'node:fs';", 'core-uses-no-node'],
  ['runner/core', "import 'fs';", 'core-uses-no-node'],
  ['runner/app', "import { d } from '../adapters/d.js'; d;", 'app-uses-core'],
  ['runner/app', "export { c } from '../cli/c.js';", 'app-uses-core'],
  ['runner/app', "void import('../adapters/d.js');", 'app-uses-core'],
  ['runner/adapters', "import '../app/b.js';", 'adapters-see-ports-only'],
  ['runner/adapters', "import type {} from '../cli/c.js';", 'adapters-see-ports-only'],
  ['runner/cli', "import '../adapters/d.js';", 'cli-uses-app'],
  ['runner/cli', "import '../main.js';", 'main-is-the-root'],
  ['runner/adapters', "import type {} from './sub/back.js';", 'no-cycles'],
  ['runner/core', "import './gone.js';", 'resolvable'],
];

const CYCLE = BROKEN.findIndex(([, , rule]) => rule === 'no-cycles');

const test = suite<{ root: string }>('the floors', { root: '' });
test.before.each((context) => {
  context.root = mkdtempSync(join(tmpdir(), 'pushpals-floors-'));
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
    cpSync(name, join(context.root, name));
  symlinkSync(resolve('node_modules'), join(context.root, 'node_modules'));
});
test.after.each(({ root }) => {
  rmSync(root, { recursive: true, force: true });
});

async function cruise(root: string, files: Readonly<Record<string, string>>): Promise<{ code: number; text: string }> {
  for (const [name, source] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), source);
  }
  const { exitCode, stdout } = await execa(
    resolve('node_modules/.bin/depcruise'),
    ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'runner'],
    { cwd: root, reject: false },
  );
  return { code: exitCode ?? -1, text: stdout };
}

test('a tree that keeps to its floors passes', async ({ root }) => {
  const { code, text } = await cruise(root, SOUND);
  assert.match(text, /no dependency violations found \(\d+ modules, \d+ dependencies/);
  assert.is(code, 0);
});

test('every breach is found and named by its rule', async ({ root }) => {
  const breaches = BROKEN.map(([folder, imports, rule], at) => {
    const file = `${folder}/broken${String(at)}.ts`;
    return { file, rule, source: imports };
  });
  const files = Object.fromEntries(breaches.map(({ file, source }) => [file, `${source}\nexport {};\n`]));
  const back = { 'runner/adapters/sub/back.ts': `import '../broken${String(CYCLE)}.js';\n` };
  const { code, text } = await cruise(root, { ...SOUND, ...files, ...back });
  assert.is.not(code, 0);
  for (const { file, rule, source } of breaches) assert.match(text, `error ${rule}: ${file}`, source);
});

test.run();
