import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { chooseLessons, type About, type Known } from '../../../runner/core/knowledge/choose.js';

const known = (lesson: string, rest: { paths?: string[]; at?: string; length?: number } = {}): Known => {
  const { length = 10, ...front } = rest;
  return { lesson: { lesson, title: lesson, ...front }, text: 'x'.repeat(length) };
};
const nothing: About = { scope: ['src/**'], changed: [], words: '' };
const names = (all: readonly Known[], about: Partial<About> = {}): string =>
  chooseLessons(all, { ...nothing, ...about })
    .map(({ lesson }) => lesson.lesson)
    .join(' ');

test('lessons about the files come before those about everything, the newest first', () => {
  const all = [
    known('all'),
    known('new', { paths: ['src/a/**'], at: '2026-02-01T00:00:00Z' }),
    known('old', { paths: ['src/**'], at: '2026-01-01T00:00:00Z' }),
    known('docs', { paths: ['docs/**'], at: '2026-03-01T00:00:00Z' }),
  ];
  assert.is(names(all), 'new old all');
  assert.is(names(all, { scope: [] }), 'docs new old all', 'a step that may write everywhere');
  assert.is(names(all, { words: 'see docs/guide.md:12, please' }), 'docs new old all', 'a file that the order names');
  assert.is(names(all, { changed: ['src/b.js'] }), 'old new all', 'a file that is changed');
});

test('the choice is the same whatever order the files come in', () => {
  const all = [known('b'), known('a'), known('c')];
  assert.is(names(all), 'a b c');
  assert.is(names([...all].reverse()), 'a b c');
});

test('at most ten, and no more text than fits', () => {
  assert.is(names(Array.from({ length: 30 }, (_, index) => known(`l${String(index)}`))).split(' ').length, 10);
  assert.is(names([known('a', { length: 9_000 }), known('b', { length: 9_000 }), known('c')]), 'a c');
});

test.run();
