import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { UNREADABLE, isManifest, newDependencies } from '../../runner/core/dependencies.js';

const cases: readonly (readonly [path: string, before: string, now: string, found: readonly string[]])[] = [
  [
    'web/package.json',
    '{"dependencies":{"a":"1"},"devDependencies":{"b":"1"}}',
    '{"dependencies":{"a":"2","c":"1"},"peerDependencies":{"b":"1"},"optionalDependencies":{"@x/d":"1"},"scripts":{"e":"f"}}',
    ['@x/d', 'c'],
  ],
  ['composer.json', '{}', '{"require":{"php":">=8","x/y":"1"},"require-dev":{"z/z":"1"}}', ['php', 'x/y', 'z/z']],
  [
    'Cargo.toml',
    '[dependencies]\nserde = "1"\n',
    '[dependencies]\nserde = "2"\n[dev-dependencies.rand]\nversion = "1"\n[target."cfg(unix)".build-dependencies]\ncc = "1"\n[workspace.dependencies]\nlog = "1"\n',
    ['cc', 'log', 'rand'],
  ],
  [
    'pyproject.toml',
    '[project]\ndependencies = ["requests>=2"]\n',
    '[project]\ndependencies = ["Requests>=3", "flask[async] ; python_version > \'3\'"]\n[project.optional-dependencies]\ntest = ["pytest"]\n[dependency-groups]\ndev = ["ruff", {include-group = "x"}]\n[tool.poetry.group.docs.dependencies]\nsphinx = "*"\n',
    ['flask', 'pytest', 'ruff', 'sphinx'],
  ],
  [
    'requirements-dev.txt',
    'a==1\n',
    '# a comment\nA==2\nb_c>1 # why\n-r other.txt\ngit+https://example.org/x.git\n',
    ['-r other.txt', 'b-c', 'git'],
  ],
  [
    'go.mod',
    'module example.org/m\nrequire example.org/a v1.0.0\n',
    'module example.org/m\ngo 1.22\nrequire (\n\texample.org/a v1.1.0\n\texample.org/b/v2 v2.0.0 // indirect\n)\n',
    ['example.org/b/v2'],
  ],
  ['Gemfile', "gem 'a'\n", "source 'https://example.org'\ngem 'a', '~> 2'\n  gem \"b\"\n", ['b']],
];

for (const [path, before, now, found] of cases)
  test(`${path}: what is named anew is found, a new version of what was there is not`, () => {
    assert.ok(isManifest(path));
    assert.equal(newDependencies(path, before, now), found);
    assert.equal(newDependencies(path, now, now), []);
    assert.equal(newDependencies(path, now, null), [], 'a file that goes names nothing');
    assert.ok(newDependencies(path, null, now).length > 0, 'in a new file all is new');
  });

test('a manifest that cannot be read counts as something new, before as nothing', () => {
  for (const path of ['package.json', 'Cargo.toml', 'pyproject.toml'])
    assert.equal(newDependencies(path, '{}', 'no = [such'), [UNREADABLE], path);
  assert.equal(newDependencies('package.json', '[', '{"dependencies":{"a":"1"}}'), ['a']);
  assert.equal(newDependencies('package.json', '{}', '[]'), [UNREADABLE]);
});

test('lock files and other files are no manifests', () => {
  for (const path of ['package-lock.json', 'src/package.json.ts', 'go.sum', 'a/b.txt']) assert.not.ok(isManifest(path));
});

test.run();
