import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { imagePolicy, isPinned, pullArguments, pullState } from '../../runner/core/images.js';
import type { Instant } from '../../runner/core/ids.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const AT = '2026-01-02T03:04:05.000Z' as Instant;
const BY = { host: 'here', pid: 1, startedAt: 'x', boot: 'y' };

test('a name is pinned that ends with a digest, or is an id', () => {
  for (const name of [`node@${DIGEST}`, `node:22@${DIGEST}`, DIGEST]) assert.ok(isPinned(name), name);
  for (const name of ['node', 'node:22', `node:${'a'.repeat(64)}`, `node@${DIGEST}0`, `node@${DIGEST.slice(0, -1)}`])
    assert.not(isPinned(name), name);
});

test('the stricter of project and policy holds', () => {
  assert.is(imagePolicy({}, {}), 'any');
  assert.is(imagePolicy({ sandbox: { 'image-policy': 'pinned' } }, { 'image-policy': 'any' }), 'pinned');
  assert.is(imagePolicy({ sandbox: { 'image-policy': 'any' } }, { 'image-policy': 'pinned' }), 'pinned');
});

test('an engine is asked for one image, never for all tags of a name', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['node', 'node', 'latest'],
    ['node:22', 'node', '22'],
    ['localhost:5000/team/node', 'localhost:5000/team/node', 'latest'],
    ['localhost:5000/team/node:22', 'localhost:5000/team/node', '22'],
    [`localhost:5000/node:22@${DIGEST}`, 'localhost:5000/node', DIGEST],
  ];
  for (const [name, fromImage, tag] of cases) assert.equal(pullArguments(name), { fromImage, tag }, name);
});

test('an image that could not be had is asked for again after a while, and not while somebody does', () => {
  const alive = (): boolean => true;
  const note = { at: AT, failures: 1, why: 'offline', by: null };
  assert.is(pullState('a', undefined, AT, alive), 'due');
  const waits = pullState('a', note, AT, alive);
  assert.ok(typeof waits === 'object' && waits.why === 'offline' && (waits.retryAt ?? '') > AT);
  assert.is(pullState('a', note, '2026-01-02T03:06:00.000Z' as Instant, alive), 'due');
  assert.is(pullState('a', { ...note, by: BY }, AT, alive), 'underway');
  assert.is(
    pullState('a', { ...note, why: null, by: BY }, AT, () => false),
    'due',
    'whoever asked died',
  );
  assert.is(pullState('a', { ...note, at: '2027-01-01T00:00:00.000Z' as Instant }, AT, alive), 'due', 'a wrong clock');
});

test.run();
