import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Formula, Policy, Project } from '../../runner/generated/types.js';
import { reachFaults, reachInWords, reachNotes, reaches, whyNot } from '../../runner/core/reach.js';

const formula: Formula = {
  formula: 'f',
  version: 1,
  steps: [
    { id: 'quiet', run: 'true' },
    { id: 'own', run: 'true', network: ['a.example'] },
    { id: 'verify', check: { command: 'test' } },
    { id: 'ship', ship: {} },
  ],
};
const project: Project = {
  version: 1,
  project: 'p',
  commands: { setup: { run: 'get', network: ['b.example'] }, test: 'true' },
};
const policyOf = (network: NonNullable<Policy['network']>): Policy => ({ version: 1, network });

test('each step is said with what it asks, its set-up included', () => {
  const all = reaches(formula, project, policyOf({ allow: ['*.example'], private: ['b.example'] }));
  assert.equal(
    all.map(({ step, index, granted }) => [step, index, reachInWords(granted)]),
    [
      ['own', 1, 'a.example'],
      ['verify', 2, 'b.example'],
    ],
  );
  assert.equal(all.map(whyNot), [null, null]);
  assert.equal(all[1]?.granted, { hosts: ['b.example'], private: ['b.example'] });
});

test('what a step cannot have is said at its place', () => {
  const faults = reachFaults(formula, project, policyOf({ allow: 'none' }));
  assert.equal(
    faults.map(({ path }) => path),
    [
      ['steps', 1, 'network'],
      ['steps', 2],
    ],
  );
  assert.match(faults[1]?.message ?? '', /step `verify`: it needs b.example/);
  assert.match(faults[1]?.hint ?? '', /its command, in pushpals.yml/);
  assert.equal(reachFaults(formula, project, policyOf({ allow: 'full' })), []);
});

test('that the whole network is the machine’s own by bubblewrap is told of each step that gets it', () => {
  const full: Formula = { ...formula, steps: [...formula.steps, { id: 's', run: 'true', network: 'full' }] };
  const by = (driver: 'docker' | 'bubblewrap', allow: 'none' | 'full'): readonly string[] =>
    reachNotes(full, { ...project, sandbox: { driver } }, policyOf({ allow }));
  assert.is(by('bubblewrap', 'full').length, 1);
  assert.match(by('bubblewrap', 'full')[0] ?? '', /step `s` of f: `network: full` by bubblewrap is this machine's own/);
  assert.equal([by('docker', 'full'), by('bubblewrap', 'none')], [[], []]);
});

test('a driver that isolates nothing holds nobody to a list, and lets nobody have less than it asked for', () => {
  const host = { ...project, sandbox: { driver: 'host' as const } };
  const all = reaches(formula, host, policyOf({ allow: 'full' }));
  assert.equal(
    all.map(({ failure }) => failure?.class),
    ['sandbox-unavailable', 'sandbox-unavailable'],
  );
  // What asks for everything gets it there as anywhere.
  const full: Formula = { ...formula, steps: [{ id: 's', run: 'true', network: 'full' }] };
  assert.equal(reachFaults(full, host, policyOf({ allow: 'full' })), []);
});

test.run();
