import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as fc from 'fast-check';
import { baselines, conflictsLeft, hunksIn, isNeeded, shipParents, type MergedFile } from '../../runner/core/merge.js';

const marked = (ours: string, theirs: string): string =>
  `<<<<<<< 1234\n${ours}||||||| 0000\nold\n=======\n${theirs}>>>>>>> 5678\n`;

test('hunks have their lines and the first line of each side', () => {
  const text = `a\n${marked('x\ny\n', '')}b\n${marked('', '\u001b[31mz\n')}`;
  assert.equal(hunksIn(text), [
    { lines: [2, 8], ours: 'x', theirs: '' },
    { lines: [10, 15], ours: '', theirs: '[31mz' },
  ]);
  assert.equal(hunksIn(marked('x\n', 'y\n').replaceAll('\n', '\r\n')), [{ lines: [1, 7], ours: 'x', theirs: 'y' }]);
});

test('what only looks like a marker is none, and a hunk that does not end is one', () => {
  assert.equal(hunksIn('heading\n=======\n>>>>>>> quoted\n <<<<<<< x\n<<<<<<<< x\n<<<<<<x\n'), []);
  assert.equal(hunksIn('a\n<<<<<<< x\nb\n'), [{ lines: [2, 4], ours: 'b', theirs: '' }]);
  assert.equal(
    hunksIn('<<<<<<< x\na\n<<<<<<< y\nb\n=======\nc\n>>>>>>> z\n').map(({ lines }) => lines),
    [
      [1, 2],
      [3, 7],
    ],
  );
});

test('hunks lie in the text, in order and apart, whatever the text', () => {
  const line = fc.constantFrom('<<<<<<< a', '=======', '>>>>>>> b', '||||||| c', 'text', '');
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      let last = 0;
      for (const {
        lines: [from, to],
      } of hunksIn(lines.join('\n'))) {
        assert.ok(from > last && to >= from && to <= Math.max(1, lines.length));
        assert.is(lines[from - 1], '<<<<<<< a');
        last = to;
      }
    }),
  );
});

const file = (text: string | null, id = String(text)): MergedFile => ({ id, text });
const files = (entries: Readonly<Record<string, MergedFile>>): ReadonlyMap<string, MergedFile> =>
  new Map(Object.entries(entries));
const CONTENTS = { conflicts: [{ path: 'f', kind: 'contents' }] };

test('a conflict is left where its file is untouched, marked, or too large to look into', () => {
  const before = files({ f: file(marked('a\n', 'b\n')) });
  const count = (now: ReadonlyMap<string, MergedFile>): number => conflictsLeft(CONTENTS, before, now).count;
  assert.is(count(before), 1);
  assert.is(count(files({ f: file(`${marked('a\n', 'b\n')}${marked('a\n', 'b\n')}`) })), 2);
  assert.is(count(files({ f: file(null, 'large') })), 1);
  assert.is(count(files({ f: file('a\nb\n') })), 0);
  assert.is(count(files({})), 0);
  const gone = { conflicts: [{ path: 'f', kind: 'rename/rename' }] };
  assert.equal(conflictsLeft(gone, files({}), files({})), { places: [{ path: 'f', kind: 'rename/rename' }], count: 1 });
  const many = conflictsLeft(CONTENTS, before, files({ f: file(marked('a\n', 'b\n').repeat(60)) }));
  assert.equal([many.places.length, many.count], [50, 60]);
});

test('a merge ships with both sides as parents, and blames neither before the other; without one the base is all', () => {
  const merge = { branch: 'x', head: 'h', incoming: 'i', conflicts: [] };
  assert.equal(shipParents({ base: 'm', merge }), ['h', 'i']);
  assert.equal(baselines({ base: 'm', merge }), ['i', 'h']);
  assert.equal(baselines({ base: 'm', merge }, true), ['i'], 'what it is there to mend excuses nothing');
  assert.equal([isNeeded({ base: 'h', merge }), isNeeded({ base: 'b' })], [false, false]);
  for (const run of [{ base: 'b' }, { base: 'h', merge }]) {
    assert.equal(shipParents(run), [run.base]);
    assert.equal(baselines(run), [run.base]);
  }
});

test.run();
