import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readKnowledge } from '../../../runner/app/knowledge/read.js';
import type { Tools } from '../../../runner/app/tools.js';
import type { BlobId, CommitId } from '../../../runner/core/ids.js';
import { formats } from '../../../runner/adapters/formats.js';

const text = (id: string): Buffer => Buffer.from(`---\nlesson: ${id}\ntitle: A lesson\n---\nRun the linter first.\n`);

test('however many lessons were turned down, those in force are read', async () => {
  const ids = ['zeta', ...Array.from({ length: 2500 }, (_, index) => `no-${String(index)}`)];
  const path = (id: string): string => `knowledge/${id === 'zeta' ? '' : 'rejected/'}${id}.md`;
  const repository = {
    files: () => Promise.resolve(ids.map((id) => ({ path: path(id), mode: '100644', blob: id as BlobId }))),
    blobs: (wanted: readonly BlobId[]) => Promise.resolve(new Map(wanted.map((id) => [id, text(id)]))),
  } as unknown as Tools['repository'];
  const { lessons, broken } = await readKnowledge({ repository, formats }, 'tip' as CommitId);
  assert.equal(broken, []);
  assert.is(lessons.length, 2000);
  assert.is(lessons[0]?.lesson.lesson, 'zeta');
});

test.run();
