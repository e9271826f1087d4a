import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { forgeHealth, type ForgeFact } from '../../../runner/core/forge/health.js';
import type { Instant } from '../../../runner/core/ids.js';

const NOW = '2026-11-20T12:00:00.000Z' as Instant;
const where = 'https://github.com/acme/app';
const access = { login: 'pals', scopes: ['repo'], expiresAt: null, missing: [], doubt: null };
const down = { class: 'forge-unavailable', forge: where, why: 'it answers 502' } as const;

const CASES: readonly (readonly [name: string, fact: ForgeFact, state: string, found: RegExp, mend: RegExp])[] = [
  ['all well', { where, isNeeded: true, found: access }, 'ok', /acme\/app, as pals, scopes repo$/, /^$/],
  ['an app', { where, isNeeded: true, found: { ...access, login: null, scopes: null } }, 'ok', /app, as an app$/, /^$/],
  [
    'a scope is missing',
    { where, isNeeded: true, found: { ...access, missing: ['the scope repo'] } },
    'fail',
    /lacks the scope repo/,
    /Make a token/,
  ],
  [
    'a token that expires soon',
    { where, isNeeded: true, found: { ...access, expiresAt: '2026-11-23T12:00:00.000Z' as Instant } },
    'warn',
    /expires in 3 d/,
    /Make a token/,
  ],
  [
    'one that expires later',
    { where, isNeeded: true, found: { ...access, expiresAt: '2027-02-20T12:00:00.000Z' as Instant } },
    'ok',
    /expires in 92 d/,
    /^$/,
  ],
  [
    'a plain connection',
    { where: 'http://git.example.org/acme/app', isNeeded: true, found: access },
    'warn',
    /unencrypted/,
    /https/,
  ],
  [
    'a plain one to this machine',
    { where: 'http://127.0.0.1:3000/acme/app', isNeeded: true, found: access },
    'ok',
    /as pals/,
    /^$/,
  ],
  [
    'its record is not to be trusted, and is asked',
    { where, isNeeded: true, isWitness: true, found: { ...access, doubt: 'it guesses' } },
    'fail',
    /it guesses: no approval counts by `verify: forge`/,
    /verify: signature/,
  ],
  [
    'its record is not to be trusted, and nobody asks',
    { where, isNeeded: true, found: { ...access, doubt: 'it guesses' } },
    'ok',
    /as pals/,
    /^$/,
  ],
  [
    'it is down',
    { where, isNeeded: true, found: { ...down, problem: 'unreachable' } },
    'warn',
    /answers 502/,
    /asked again by itself/,
  ],
  [
    'no token',
    { where, isNeeded: true, found: { ...down, problem: 'no-token' } },
    'fail',
    /502/,
    /PUSHPALS_FORGE_TOKEN/,
  ],
  [
    'no token, and no need',
    { where, isNeeded: false, found: { ...down, problem: 'no-token' } },
    'warn',
    /nothing here needs it/,
    /PUSHPALS/,
  ],
  [
    'a token that is refused',
    { where, isNeeded: true, found: { ...down, problem: 'forbidden' } },
    'fail',
    /502/,
    /token that may/,
  ],
  [
    'no such repository',
    { where, isNeeded: true, found: { ...down, problem: 'not-found' } },
    'fail',
    /502/,
    /forge\.repo/,
  ],
];

for (const [name, fact, state, found, mend] of CASES)
  test(`doctor of a forge: ${name}`, () => {
    const verdict = forgeHealth(fact, NOW);
    assert.is(verdict.state, state);
    assert.match(verdict.found, found);
    assert.match(verdict.mend ?? '', mend);
  });

test.run();
