import { test } from 'uvu';
import * as assert from 'uvu/assert';
import fc from 'fast-check';
import {
  askedNothing,
  beyond,
  hostFaults,
  isListed,
  isReaching,
  mayBePrivate,
  note,
  overlap,
  refusedInWords,
} from '../../runner/core/egress.js';

test('a list names hosts and ports', () => {
  const table: readonly (readonly [pattern: string, host: string, port: number, listed: boolean])[] = [
    ['a.example', 'a.example', 443, true],
    ['a.example', 'a.example', 80, true],
    ['a.example', 'a.example', 22, false],
    ['a.example', 'A.Example.', 443, true],
    ['a.example', 'b.a.example', 443, false],
    ['a.example', 'xa.example', 443, false],
    ['a.example:8443', 'a.example', 8443, true],
    ['a.example:8443', 'a.example', 443, false],
    ['*.a.example', 'b.a.example', 443, true],
    ['*.a.example', 'c.b.A.example', 80, true],
    ['*.a.example', 'a.example', 443, false],
    ['*.a.example', 'xa.example', 443, false],
    ['*.a.example', '.a.example', 443, false],
    ['*.a.example:22', 'b.a.example', 22, true],
    ['*.a.example:22', 'b.a.example', 443, false],
  ];
  for (const [pattern, host, port, listed] of table)
    assert.is(isListed([pattern], host, port), listed, `${pattern} ${host}:${String(port)}`);
  assert.is(isListed([], 'a.example', 443), false);
});

test('a list goes beyond another by what that does not cover', () => {
  const table: readonly (readonly [list: readonly string[], bound: readonly string[], beyond: readonly string[]])[] = [
    [['a.example'], ['a.example'], []],
    [['a.example', 'b.example'], ['A.EXAMPLE'], ['b.example']],
    [['a.example'], ['a.example:443'], ['a.example']],
    [['a.example'], ['a.example:443', 'a.example:80'], []],
    [['a.example:443'], ['a.example'], []],
    [['a.example:22'], ['a.example'], ['a.example:22']],
    [['b.a.example'], ['*.a.example'], []],
    [['a.example'], ['*.a.example'], ['a.example']],
    [['*.a.example'], ['*.a.example'], []],
    [['*.b.a.example'], ['*.a.example'], []],
    [['*.a.example'], ['*.b.a.example'], ['*.a.example']],
    [['*.a.example'], ['a.example', 'b.a.example'], ['*.a.example']],
    [['a.example'], [], ['a.example']],
  ];
  for (const [list, bound, want] of table) assert.equal(beyond(list, bound), want, JSON.stringify([list, bound]));
});

test('what a list within another lets through, the other lets through', () => {
  const name = fc
    .array(fc.constantFrom('a', 'b', 'x'), { minLength: 1, maxLength: 3 })
    .map((labels) => labels.join('.'));
  const port = fc.constantFrom(22, 80, 443);
  const pattern = fc
    .tuple(fc.boolean(), name, fc.option(port, { nil: undefined }))
    .map(([wild, host, at]) => `${wild ? '*.' : ''}${host}${at === undefined ? '' : `:${String(at)}`}`);
  const list = fc.array(pattern, { maxLength: 4 });
  fc.assert(
    fc.property(list, list, name, port, (inner, outer, host, at) => {
      if (beyond(inner, outer).length > 0) return;
      if (isListed(inner, host, at)) assert.ok(isListed(outer, host, at));
    }),
  );
});

test('which hosts may be private is said by name', () => {
  assert.is(mayBePrivate(['registry.corp'], 'Registry.corp.'), true);
  assert.is(mayBePrivate(['*.corp'], 'a.b.corp'), true);
  assert.is(mayBePrivate(['*.corp'], 'corp'), false);
  assert.is(mayBePrivate([], 'localhost'), false);
});

test('two patterns overlap where some host is of both', () => {
  assert.is(overlap('a.example', '*.example'), true);
  assert.is(overlap('*.b.example:443', '*.example'), true);
  assert.is(overlap('a.example', 'b.example'), false);
  assert.is(overlap('*.a.example', 'a.example'), false);
});

test('what is no host is said at its place', () => {
  const wrong = [
    '10.0.0.1',
    '0x7f.1',
    '127.1',
    '*.1',
    'a..b',
    'a.example:0',
    'a.example:65536',
    `${'a'.repeat(64)}.example`,
  ];
  for (const text of wrong)
    assert.equal(
      hostFaults(['ok.example', text], ['network']).map(({ path }) => path),
      [['network', 1]],
      text,
    );
  for (const text of ['a.example', '*.example', 'localhost:8080', 'a1.2b.example', 'xn--e1afmkfd.example'])
    assert.equal(hostFaults([text], []), [], text);
  assert.equal(hostFaults('full', []), []);
});

test('what was asked is counted, and bounded', () => {
  const reaching = askedNothing();
  for (let times = 0; times < 3; times += 1) note(reaching, { host: 'evil.example', port: 443, verdict: 'not-listed' });
  note(reaching, { host: 'a.example', port: 443, verdict: 'allowed' });
  note(reaching, { host: 'b.example', port: 80, verdict: 'private-address' });
  assert.equal(
    refusedInWords(reaching).map((line) => line.replace(/:[^:]*$/, '')),
    ['evil.example:443 was refused 3 times', 'b.example:80 was refused once'],
  );
  for (let index = 0; index < 1000; index += 1)
    note(reaching, { host: `${'x'.repeat(5000)}${String(index)}`, port: index, verdict: 'not-listed' });
  assert.is(reaching.asked.length, 100);
  assert.is(reaching.more, 1000 - 97);
  assert.ok(JSON.stringify(reaching).length < 100_000);
  assert.ok(isReaching(JSON.parse(JSON.stringify(reaching))));
  for (const value of [
    null,
    [],
    { asked: [{}], more: 0 },
    { asked: [] },
    { asked: [{ host: 'a', port: 1, times: 1, verdict: 'x' }], more: 0 },
  ])
    assert.not.ok(isReaching(value));
});

test.run();
