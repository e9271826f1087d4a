import { ESLint } from 'eslint';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

/** Where the text is taken to stand: files that exist, since rules that know types ask the project for them. */
const PLACES = {
  core: 'runner/core/ids.ts',
  app: 'runner/app/observe.ts',
  adapter: 'runner/adapters/folder.ts',
  main: 'runner/main.ts',
  test: 'tests/thrown.ts',
} as const;

const REFUSED: readonly (readonly [place: keyof typeof PLACES, code: string, rule: string])[] = [
  ['core', 'export const now = () => Date.now();', 'no-restricted-properties'],
  ['app', 'export const now = () => new Date();', 'no-restricted-syntax'],
  ['adapter', 'export const now = () => Date();', 'no-restricted-syntax'],
  ['adapter', 'export const luck = () => Math.random();', 'no-restricted-properties'],
  ['adapter', "export const home = () => process.env['HOME'];", 'no-restricted-properties'],
  ['adapter', 'export const { env } = process;', 'no-restricted-properties'],
  ['app', 'export const id = () => process.pid;', 'no-restricted-globals'],
  ['core', 'export const at = () => performance.now();', 'no-restricted-globals'],
  ['adapter', 'export const end = () => process.exit(1);', 'no-restricted-properties'],
  ['app', 'export default 1;', 'no-restricted-syntax'],
  ['app', 'export function f(g: () => void) {\n  try {\n    g();\n  } catch {}\n}', 'no-empty'],
  [
    'app',
    'export function f(g: () => void) {\n  try {\n    g();\n  } catch {\n    // nothing\n  }\n}',
    'no-restricted-syntax',
  ],
  ['app', 'export const f = (g: Promise<void>) => g.catch(() => {});', 'no-restricted-syntax'],
  ['app', 'export function f(g: Promise<void>) {\n  g;\n}', '@typescript-eslint/no-floating-promises'],
  [
    'app',
    "export function f(a: 'x' | 'y') {\n  switch (a) {\n    case 'x':\n      return 1;\n  }\n  return 2;\n}",
    '@typescript-eslint/switch-exhaustiveness-check',
  ],
  ['app', 'export const f = (a: any) => String(a);', '@typescript-eslint/no-explicit-any'],
  ['app', "import { Clock } from './ports.js';\nexport type T = Clock;", '@typescript-eslint/consistent-type-imports'],
  ['adapter', `${'\n'.repeat(330)}export const a = 1;`, 'max-lines'],
  ['test', "import { test } from 'uvu';\ntest.only('a', () => undefined);", 'no-restricted-syntax'],
];

const ALLOWED: readonly (readonly [place: keyof typeof PLACES, code: string])[] = [
  ['core', 'export const at = (ms: number) => new Date(ms).toISOString();\n'],
  ['adapter', 'export const took = () => performance.now();\n'],
  ['main', "export const home = () => process.env['HOME'];\n"],
];

const eslint = new ESLint();

async function rulesBroken(place: keyof typeof PLACES, code: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath: PLACES[place] });
  return result?.messages.map(({ ruleId, message }) => ruleId ?? message) ?? ['not linted'];
}

test('what the house rules forbid is found', async () => {
  for (const [place, code, rule] of REFUSED) {
    const broken = await rulesBroken(place, code);
    assert.ok(broken.includes(rule), `${place}: ${code}\n${broken.join(' ')}`);
  }
});

test('what they allow is not', async () => {
  for (const [place, code] of ALLOWED) assert.equal(await rulesBroken(place, code), [], `${place}: ${code}`);
});

test.run();
