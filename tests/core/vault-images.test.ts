import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Formula, Project } from '../../runner/generated/types.js';
import { imagesNow, movedImage } from '../../runner/core/vault/images.js';

const A = `node@sha256:${'a'.repeat(64)}`;
const B = `node@sha256:${'b'.repeat(64)}`;
const LOCAL = [`sha256:${'1'.repeat(64)}`, `sha256:${'2'.repeat(64)}`] as const;

test('what is approved is held to by the images of project and steps that are here, and to none that its name pins', () => {
  const project = { version: 1, project: 'p', sandbox: { image: 'node:22' } } as Project;
  const formula = {
    formula: 'f',
    version: 1,
    steps: [
      { id: 'a', run: 'x', image: B },
      { id: 'b', run: 'x', image: 'gone:1' },
      { id: 'c', run: 'x' },
    ],
  } as Formula;
  const pinnedName = (name: string): string | null => (name === 'gone:1' ? null : A);
  assert.equal(imagesNow({ formula }, { project, pinnedName }), { 'node:22': A });
});

test('a tag that came to mean another image voids the approval', () => {
  for (const isShared of [false, true]) assert.is(movedImage({ 'node:22': A }, { 'node:22': B }, isShared)?.is, 'over');
});

test('an image that was only made here is taken by the machine that has it', () => {
  assert.is(movedImage({ ours: LOCAL[0] }, { ours: LOCAL[1] }, true)?.is, 'waits');
  assert.is(movedImage({ ours: LOCAL[0] }, { ours: LOCAL[1] }, false)?.is, 'over');
});

test('the same image, one that is not here yet, and one that nobody asked about change nothing', () => {
  assert.is(movedImage({ 'node:22': A }, { 'node:22': A }, false), null);
  assert.is(movedImage({ 'node:22': A }, {}, false), null);
  assert.is(movedImage({}, { 'node:22': A }, false), null);
});

test.run();
