// deadline: 180s
import { performance } from 'node:perf_hooks';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../engine.js';
import { bareProject } from './program.js';

/** Ordinary small repositories, each with something that its own fixer mends, and nothing of PushPals. */
const REPOSITORIES: Readonly<
  Record<string, { readonly files: Readonly<Record<string, string>>; readonly shipped: RegExp }>
> = {
  npm: {
    files: {
      'package.json': JSON.stringify({
        name: 'basket',
        type: 'module',
        scripts: { test: 'node --test', 'lint:fix': 'node tools/fix.js' },
      }),
      'tools/fix.js': `import { readFileSync, writeFileSync } from 'node:fs';\nwriteFileSync('total.js', readFileSync('total.js', 'utf8').replaceAll('var ', 'let '));\n`,
      'total.js': `export const total = (prices) => {\n  var sum = 0;\n  for (const price of prices) sum += price;\n  return sum;\n};\n`,
      'test/total.test.js': `import assert from 'node:assert';\nimport test from 'node:test';\nimport { total } from '../total.js';\ntest('adds up', () => assert.equal(total([1, 2]), 3));\n`,
    },
    shipped: /^-\s+var sum = 0;\n\+\s+let sum = 0;$/m,
  },
  python: {
    files: {
      'pyproject.toml': '[project]\nname = "basket"\nversion = "1.0"\nrequires-python = ">=3.9"\n',
      Makefile: 'fmt:\n\tsed -i "s/== None/is None/" basket.py\n',
      'basket.py': 'def total(prices):\n    return 0 if prices == None else sum(prices)\n',
      'tests/test_basket.py':
        'import unittest\nfrom basket import total\n\n\nclass Basket(unittest.TestCase):\n    def test_adds_up(self):\n        self.assertEqual(total([1, 2]), 3)\n        self.assertEqual(total(None), 0)\n',
    },
    shipped: /^-.*prices == None.*\n\+.*prices is None/m,
  },
  make: {
    files: {
      Makefile: 'test:\n\tsh test.sh\nfix:\n\tsh fix.sh\n',
      'total.sh': 'total=0\nwhile read -r price; do total=$((total + price)); done\necho $total\n',
      'fix.sh': `sed -i 's/echo $total/echo "$total"/' total.sh\n`,
      'test.sh': `[ "$(printf '1\\n2\\n' | sh total.sh)" = 3 ]\n`,
    },
    shipped: /^-echo \$total\n\+echo "\$total"$/m,
  },
};

for (const [name, { files, shipped }] of Object.entries(REPOSITORIES)) {
  needs('bubblewrap', test)(`${name}: from nothing to a shipped diff`, async () => {
    const project = await bareProject(files);
    const times: string[] = [];
    const timed = async (what: string, args: readonly string[]): Promise<string> => {
      const started = performance.now();
      const { exitCode, stdout, stderr } = await project.pushpals(args);
      times.push(`${what} ${(performance.now() - started).toFixed(0)} ms`);
      assert.is(exitCode, 0, stdout + stderr);
      return stdout;
    };
    const found = await timed('init', ['init', '--yes', '--driver', 'bubblewrap']);
    assert.match(found, new RegExp(`language +${name === 'make' ? 'minimal' : name === 'npm' ? 'node' : name}`));
    await project.shell('git add pushpals.yml policy && git commit -q -m "Add PushPals"');
    await timed('order', ['order', 'new', 'Mend what the linter finds', '--name', 'tidy']);
    await timed('tick', ['tick']);
    assert.match(await project.git('diff', 'main...pushpals/tidy'), shipped);
    console.log(`${name}: ${times.join(', ')}`);
    await project.remove();
  });
}

test.run();
