import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Formula, Step } from '../../runner/generated/types.js';
import { cacheFaults, cacheIdentity, linksTo, mayKeep } from '../../runner/core/caches.js';

const formula = (steps: readonly Partial<Step>[], more: Partial<Formula> = {}): Formula => ({
  formula: 'f',
  version: 1,
  steps: steps.map((step, index) => ({ id: `s${String(index)}`, ...step })),
  ...more,
});

test('only what nobody but the project wrote is kept', () => {
  const after = formula([{ id: 'install' }, { id: 'work', agent: 'Work' }, { id: 'test', needs: ['work'] }]);
  assert.ok(mayKeep(after, { id: 'install' }, false));
  assert.not(mayKeep(after, { id: 'work' }, false), 'the agent itself');
  assert.not(mayKeep(after, { id: 'test' }, false), 'what runs what it wrote');
  assert.not(mayKeep(after, { id: 'install' }, true), 'another runner says what came before');
  assert.not(mayKeep(after, { id: 'install', secrets: ['TOKEN'] }, false), 'a secret could be in it');
  assert.not(mayKeep(formula([{ id: 'a' }], { base: { merge: "'x'" } }), { id: 'a' }, false), 'a branch of others');
});

test('each part makes it another cache, the order of the files does not', () => {
  const parts = { path: '~/.npm', files: ['a 1', 'b 2'], image: 'i', owner: '1:1', formula: 'f', tier: 'low' };
  const same = cacheIdentity({ ...parts, files: ['b 2', 'a 1'] });
  assert.is(cacheIdentity(parts), same);
  for (const other of [
    { path: '~/x' },
    { files: ['a 1'] },
    { image: 'j' },
    { owner: '2:2' },
    { formula: 'g' },
    { tier: 'high' },
  ])
    assert.is.not(cacheIdentity({ ...parts, ...other }), same, JSON.stringify(other));
});

test('the host has no caches, and caches do not lie in each other', () => {
  const one = formula([{ cache: { path: '~/.npm', key: 'a' } }]);
  assert.equal(cacheFaults(one, {}), []);
  assert.match(cacheFaults(one, { driver: 'host' })[0]?.message ?? '', /`host` has no caches/);
  const two = (a: string, b: string): number =>
    cacheFaults(formula([{ cache: [a, b].map((path) => ({ path, key: 'a' })) }])).length;
  assert.is(two('~/.npm', '~/.npm-too'), 0);
  assert.is(two('~/.npm', '~/.npm'), 1);
  assert.is(two('~/.a/b', '~/.a'), 1);
});

test('a folder is shown in the home by a link', () => {
  assert.is(linksTo([]), '');
  assert.match(
    linksTo([{ path: '~/.cache/pip', at: '/pushpals/in/cache-0' }]),
    /ln -sfn '\/pushpals\/in\/cache-0' "\$HOME\/\.cache\/pip"/,
  );
});

test.run();
