import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { join, type Side } from '../../runner/core/join.js';

const side = (files: Readonly<Record<string, string | null>>): Side => new Map(Object.entries(files));

test('what only one side went on with is taken', () => {
  const ours = side({ 'queue/a.yml': null, 'active/a.yml': '1', 'knowledge/x.md': '2' });
  const joined = join(ours, side({ 'queue/b.yml': '3' }));
  assert.equal(joined, { ours, lost: [], taken: [], contested: [] });
});

test('of an order that both went on with, everything of ours goes, with its request and its evidence', () => {
  const ours = side({
    'queue/a.yml': null,
    'done/2026/01/a.yml': '1',
    'evidence/2026/01/02/a-1/report.md': '2',
    'vault/pending/a-0a1b2c.yml': '3',
    'vault/pending/a-b-0a1b2c.yml': '4',
  });
  const joined = join(ours, side({ 'queue/a.yml': null, 'cancelled/2026/01/a.yml': '5' }));
  assert.equal(joined.lost, ['a']);
  assert.equal([...joined.ours.keys()], ['vault/pending/a-b-0a1b2c.yml']);
});

test('a name that both gave away is told from an order that both knew', () => {
  assert.equal(join(side({ 'queue/a.yml': '1' }), side({ 'queue/a.yml': '2' })).taken, ['a']);
  assert.equal(join(side({ 'queue/a.yml': '1' }), side({ 'done/2026/01/a.yml': '2' })).taken, ['a']);
  assert.equal(join(side({ 'queue/a.yml': '1' }), side({ 'queue/a.yml': null, 'active/a.yml': '2' })).lost, ['a']);
});

test('the same on both sides is nobody’s loss; people’s files that differ are for git', () => {
  const both = { 'queue/a.yml': null, 'active/a.yml': '1', 'README.md': '2' };
  assert.equal(join(side(both), side(both)), { ours: side({}), lost: [], taken: [], contested: [] });
  assert.equal(join(side({ 'README.md': '1' }), side({ 'README.md': null })).contested, ['README.md']);
});

test('no join leaves an order in two places, whatever the two sides did', () => {
  const places = ['queue/', 'active/', 'waiting/', 'done/2026/01/', 'cancelled/2026/01/'];
  const at = fc.constantFrom(...places);
  const order = fc.constantFrom('a', 'b', 'c-d');
  const before = fc.dictionary(order, at, { noNullPrototype: true });
  /** Where each order is on a line that went on from `start`, and the paths that differ. */
  const went = (
    start: Readonly<Record<string, string>>,
    moves: readonly (readonly [string, string])[],
  ): Map<string, string | null> => {
    const side = new Map<string, string | null>();
    const now: Record<string, string> = { ...start };
    for (const [name, to] of moves) {
      const from = now[name];
      if (from !== undefined && from !== to) side.set(`${from}${name}.yml`, null);
      side.set(`${to}${name}.yml`, `${name} ${to} ${String(side.size)}`);
      now[name] = to;
    }
    for (const [path, entry] of side)
      if (entry === null && !Object.entries(start).some(([name, place]) => path === `${place}${name}.yml`))
        side.delete(path);
    return side;
  };
  const moves = fc.array(fc.tuple(order, at), { maxLength: 6 });
  fc.assert(
    fc.property(before, moves, moves, (start, one, other) => {
      const [ours, theirs] = [went(start, one), went(start, other)];
      const tree = new Set(Object.entries(start).map(([name, place]) => `${place}${name}.yml`));
      const put = (changes: Side): void => {
        for (const [path, entry] of changes) {
          if (entry === null) tree.delete(path);
          else tree.add(path);
        }
      };
      put(theirs);
      put(join(ours, theirs).ours);
      const names = [...tree].map((path) => path.split('/').at(-1));
      assert.is(new Set(names).size, names.length, [...tree].join(' '));
      for (const name of Object.keys(start)) assert.ok(names.includes(`${name}.yml`), `${name} is lost`);
    }),
  );
});

test.run();
