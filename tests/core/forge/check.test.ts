import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { forgeFaults } from '../../../runner/core/forge/check.js';
import type { Project } from '../../../runner/generated/types.js';

const CASES: readonly (readonly [forge: NonNullable<Project['forge']>, message: string | null])[] = [
  [{ kind: 'none' }, null],
  [{ kind: 'github', repo: 'acme/app' }, null],
  [{ kind: 'github' }, '`kind: github` needs `repo`'],
  [{ kind: 'github', repo: 'acme/tools/app' }, 'it is `owner/name`'],
  [{ kind: 'gitlab', repo: 'acme/tools/app' }, null],
  [{ kind: 'gitea', repo: 'acme/app' }, '`kind: gitea` needs `baseUrl`'],
  [{ kind: 'gitea', repo: 'acme/app', baseUrl: 'https://codeberg.org' }, null],
];

for (const [forge, message] of CASES)
  test(`forge: ${JSON.stringify(forge)}`, () => {
    assert.is(forgeFaults({ version: 1, project: 'test', forge })[0]?.message ?? null, message);
  });

test('issues need a forge', () => {
  const issues = { labels: { 'agent:ready': {} } };
  const [fault] = forgeFaults({ version: 1, project: 'test', issues });
  assert.equal(fault?.path, ['issues']);
  assert.equal(forgeFaults({ version: 1, project: 'test', issues, forge: { kind: 'github', repo: 'acme/app' } }), []);
});

test.run();
