import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { CommitId, Instant } from '../../runner/core/ids.js';
import {
  isDue,
  isNews,
  mirrorFaults,
  mirrorHealth,
  mirrorText,
  mirrored,
  noteOf,
  pushPlan,
  watchedRefs,
} from '../../runner/core/mirrors.js';
import type { Project } from '../../runner/generated/types.js';

const project: Project = { version: 1, project: 'p', integrate: { into: 'agents' }, ops: { branch: 'board' } };
const NOW = '2026-11-20T09:00:00.000Z' as Instant;
const LATER = '2026-11-20T11:00:00.000Z' as Instant;
const [A, B] = ['a'.repeat(40) as CommitId, 'b'.repeat(40) as CommitId];

test('a mirror has the project’s branch and target, or what its globs say, and never the runner’s own branches', () => {
  const own = mirrored(project, { remote: 'm' });
  assert.equal(['refs/heads/main', 'refs/heads/agents', 'refs/heads/x', 'refs/tags/v1'].map(own), [
    true,
    true,
    false,
    false,
  ]);
  const all = mirrored(project, { remote: 'm', branches: ['**'], tags: ['v*'] });
  const refs = ['heads/x/y', 'heads/board', 'heads/vault/a', 'heads/pushpals/a', 'tags/v1', 'tags/w', 'notes/x'];
  assert.equal(
    refs.map((ref) => all(`refs/${ref}`)),
    [true, false, false, false, true, false, false],
  );
  assert.equal(watchedRefs(project, { remote: 'm', branches: ['stable', 'release/*', 'board'] }), [
    'refs/heads/main',
    'refs/heads/agents',
    'refs/heads/stable',
  ]);
});

test('it is looked at when something moved, and again after a failure when it is time', () => {
  const tips = { 'refs/heads/main': A };
  assert.ok(isDue(undefined, tips, NOW));
  const held = noteOf(undefined, tips, null, 'm', NOW);
  assert.not.ok(isDue(held, tips, LATER));
  assert.ok(isDue(held, { 'refs/heads/main': B }, NOW));
  assert.ok(isDue(held, {}, NOW), 'a branch that went away');
  const away = { problem: 'unreachable', why: 'no route' } as const;
  const failed = noteOf(held, tips, away, 'm', NOW);
  assert.not.ok(isDue(failed, tips, NOW));
  assert.ok(isDue(failed, tips, LATER));
  assert.ok(isDue(failed, { 'refs/heads/main': B }, NOW));
  const again = noteOf(failed, tips, away, 'm', LATER);
  assert.is(again.failing?.since, NOW);
  assert.is(again.failing?.times, 2);
  assert.ok(
    isNews(held, away) && !isNews(failed, away) && isNews(failed, { ...away, why: 'other' }) && isNews(failed, null),
  );
});

test('what the mirror has and the project has not is in the way of its own ref alone', () => {
  const differing = [
    { ref: 'refs/heads/main', ours: A, theirs: B, goesOn: true },
    { ref: 'refs/heads/new', ours: A, theirs: null, goesOn: false },
    { ref: 'refs/tags/v1', ours: A, theirs: B, goesOn: false },
  ];
  const { push, trouble } = pushPlan(differing);
  assert.equal([...push.keys()], ['refs/heads/main', 'refs/heads/new']);
  assert.match(
    mirrorText('m', trouble ?? { problem: 'refused', why: '' }),
    /has what the project has not \(v1 is at bbbbbbbbbbbb\)/,
  );
  assert.is(pushPlan([]).trouble, null);
});

test('an address is one that git reaches without running anything, and holds no password', () => {
  const faults = (remote: string): number => mirrorFaults({ ...project, mirrors: [{ remote }] }).length;
  for (const remote of [
    ...[
      'github',
      'a/b',
      'https://host.example/x.git',
      'https://ada@host.example/x',
      'ssh://git@host:22/x',
      'git@host.example:x/y',
    ],
    ...['http://[::1]:80/x', 'git://host/x', 'git@host:~ada/x'],
  ])
    assert.is(faults(remote), 0, remote);
  for (const remote of [
    ...[
      'ext::sh -c x',
      'ext::sh',
      'fd::3',
      '-upload-pack=x',
      '--all',
      '/srv/x.git',
      './x',
      '../x',
      'a..b',
      'file:///x',
      'foo::bar',
    ],
    ...[
      'https://ada:pw@host/x',
      'ssh://-oProxyCommand=x/y',
      'git@-x:y',
      'https://',
      'host:x',
      'git@host:-x',
      'git@host::x',
      'a b',
    ],
  ])
    assert.is(faults(remote), 1, remote);
  assert.is(mirrorFaults({ ...project, mirrors: [{ remote: 'm' }, { remote: 'm' }] }).length, 1);
});

test('doctor says what is wrong with a mirror, and never what logs in there', () => {
  const note = noteOf(undefined, {}, { problem: 'unreachable', why: 'no route' }, 'm', NOW);
  const found = mirrorHealth({ mirrors: [{ remote: 'https://ada@host/x', isKnown: true, note }] });
  assert.match(found?.found ?? '', /^the mirror https:\/\/host\/x cannot be reached \(no route\)/);
  assert.is(mirrorHealth({ mirrors: [] }), null);
  assert.is(mirrorHealth({ mirrors: [{ remote: 'm', isKnown: false, note: null }] })?.state, 'warn');
  assert.is(
    mirrorHealth({ mirrors: [{ remote: 'm', isKnown: true, note: null }] })?.found,
    '1 mirror, 1 not looked at yet',
  );
});

test.run();
