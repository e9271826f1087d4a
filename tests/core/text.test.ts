import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { dedupeText, fileStem, freeName, slug } from '../../runner/core/order.js';
import { breaches } from '../../runner/core/scope.js';
import { fillTemplate, plainText, shorten } from '../../runner/core/template.js';
import type { Change } from '../../runner/core/change.js';
import { durationMs, sizeBytes } from '../../runner/core/ids.js';

const change = (path: string): Change => ({
  path,
  kind: 'added',
  oldMode: '000000',
  newMode: '100644',
  binary: false,
  added: 1,
  removed: 0,
});

test('a name is made of a file name, whatever that holds', () => {
  const table: [string, string][] = [
    ['inbox/fix.md', 'fix'],
    ['inbox/Fix the Café!.yml', 'fix-the-cafe'],
    ['inbox/--upload-pack=x.md', 'upload-pack-x'],
    ['inbox/../../etc.md', 'etc'],
    ['inbox/日本.md', 'order'],
    [`inbox/${'long-'.repeat(30)}.md`, 'long-long-long-long-long-long-long-long'],
  ];
  for (const [path, name] of table) assert.is(slug(fileStem(path)), name, path);
  assert.is(
    freeName('fix', (name) => ['fix', 'fix-2'].includes(name)),
    'fix-3',
  );
});

test('the same work has the same key, whatever the order of its inputs', () => {
  assert.is(
    dedupeText({ goal: 'a  b', inputs: { x: 1, y: { b: 1, a: 2 } } }, 'f'),
    dedupeText({ goal: 'a b', inputs: { y: { a: 2, b: 1 }, x: 1 } }, 'f'),
  );
  assert.is.not(dedupeText({ goal: 'a' }, 'f'), dedupeText({ goal: 'a' }, 'g'));
});

test('templates fill text in once, and never look at it again', () => {
  assert.is(
    fillTemplate('fix: {{ order.goal }} {{ nope }}', {
      'order.goal': '{{ order.id }}\n\u001b[31mred',
      'order.id': 'x',
    }),
    'fix: {{ order.id }} [31mred {{ nope }}',
  );
  assert.is(fillTemplate('{{ __proto__ }}', {}), '{{ __proto__ }}');
  assert.is(plainText('a\u202eb\r\nc'), 'ab c');
  assert.is(shorten('one two three four five', 14), 'one two three…');
});

test('every scope must allow a path, hidden files included, and a leading ! negates nothing', () => {
  const scopes = [{ write: ['src/**', '.hidden/**'] }, { never: ['src/golden/**'] }, undefined];
  assert.equal(breaches([change('src/a.ts'), change('.hidden/x'), change('src/.dot/y')], scopes), []);
  assert.equal(
    breaches([change('src/golden/x'), change('README.md')], scopes).map(({ path }) => path),
    ['src/golden/x', 'README.md'],
  );
  assert.equal(breaches([change('secret.txt')], [{ write: ['!src/**'] }]).length, 1);
});

test('durations and sizes', () => {
  assert.equal(
    [durationMs('250ms'), durationMs('30s'), durationMs('20m'), durationMs('2h'), durationMs('1d')],
    [250, 30_000, 1_200_000, 7_200_000, 86_400_000],
  );
  assert.equal([sizeBytes('1KB'), sizeBytes('512MB')], [1024, 536_870_912]);
  assert.throws(() => durationMs('soon'), /not a duration/);
});

test.run();
