import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lockFileProblems } from '../../scripts/check/lock-file.mjs';

const lock = (packages: object): string => JSON.stringify({ lockfileVersion: 3, packages }, null, 1);

test('packages are found beside their user and beside what it is nested in', () => {
  const whole = lock({
    '': { dependencies: { a: '1', '@s/b': '1' } },
    'node_modules/a': { dependencies: { c: '1' }, optionalDependencies: { '@s/b': '1' } },
    'node_modules/a/node_modules/c': { dependencies: { '@s/b': '1', d: '1' } },
    'node_modules/a/node_modules/d': {},
    'node_modules/@s/b': { dependencies: { a: '1' } },
  });
  assert.equal(lockFileProblems(whole), []);
});

test('a package that is not locked is named, one for another platform too', () => {
  const holed = lock({
    '': { dependencies: { a: '1' } },
    'node_modules/a': { dependencies: { c: '1' }, optionalDependencies: { 'a-darwin': '1' } },
    'node_modules/b/node_modules/c': {},
  });
  assert.equal(lockFileProblems(holed), [
    'package-lock.json: node_modules/a needs c, which is not locked',
    'package-lock.json: node_modules/a needs a-darwin, which is not locked',
  ]);
});

test('an address of a registry is named with its line', () => {
  const text = lock({ '': {}, 'node_modules/a': { resolved: 'https://example.org/a.tgz' } });
  assert.match(lockFileProblems(text).join(), /^package-lock\.json:\d+: "resolved": "https:/);
});

test('the lock file of this repository installs anywhere', () => {
  assert.equal(lockFileProblems(readFileSync('package-lock.json', 'utf8')), []);
});

test.run();
