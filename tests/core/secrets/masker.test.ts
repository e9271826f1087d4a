import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { patternsOf, unusable } from '../../../runner/core/secrets/encodings.js';
import { secretLine } from '../../../runner/core/secrets/finder.js';
import { Masker, maskedText, maskedValue } from '../../../runner/core/secrets/masker.js';
import { Matcher } from '../../../runner/core/secrets/matcher.js';

const CANARY = 'cAn4ry/+ v"alue?\\ü9';
const KEY = `-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ\nEFAASCBKcwggSjAgEAAoIBAQDx\n-----END KEY-----\n`;
const matcherOf = (...values: readonly string[]): Matcher => new Matcher(values.flatMap(patternsOf));
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const hex = (text: string): string => Buffer.from(text).toString('hex');

/** As the bytes come out of a masker that is told them in parts. */
function masked(matcher: Matcher, parts: readonly Uint8Array[]): string {
  const masker = new Masker(matcher);
  const out = [...parts.map((part) => Buffer.from(masker.write(part))), Buffer.from(masker.end())];
  return Buffer.concat(out).toString('utf8');
}

/** The forms in which a program may print a value, each with what must not be left of it. */
const FORMS: readonly (readonly [string, string])[] = [
  ['plain', CANARY],
  ['base64', base64(CANARY)],
  ['base64 of a line', base64(`${CANARY}\n`)],
  ['base64 after one byte', base64(`x${CANARY}`).slice(2)],
  ['base64 after two bytes', base64(`xy${CANARY}`).slice(3)],
  ['base64 for URLs', base64(CANARY).replaceAll('+', '-').replaceAll('/', '_')],
  ['hex', hex(CANARY)],
  ['HEX', hex(CANARY).toUpperCase()],
  ['hex in pairs', (hex(CANARY).match(/../g) ?? []).join(' ')],
  ['URL', encodeURIComponent(CANARY)],
  ['url in lower case', encodeURIComponent(CANARY).replace(/%../g, (code) => code.toLowerCase())],
  ['form', new URLSearchParams({ a: CANARY }).toString().slice(2)],
  ['JSON', JSON.stringify(CANARY).slice(1, -1)],
];

for (const [name, form] of FORMS) {
  test(`masks ${name}, wherever it is split, and nothing beside it`, () => {
    const matcher = matcherOf(CANARY);
    const text = Buffer.from(`before ${form} after\n`);
    for (let at = 0; at <= text.length; at += 1)
      assert.is(masked(matcher, [text.subarray(0, at), text.subarray(at)]), 'before *** after\n', String(at));
    assert.is(
      masked(
        matcher,
        [...text].map((byte) => Uint8Array.of(byte)),
      ),
      'before *** after\n',
    );
    assert.is(secretLine(Buffer.concat([Buffer.from('one\ntwo\n'), text]), matcher), 3);
  });
}

test('masks what tools wrap at a width', () => {
  const long = 'k3y-'.repeat(40);
  const wrapped = (base64(long).match(/.{1,76}/g) ?? []).join('\n');
  assert.is(maskedText(`a ${wrapped}\nb`, matcherOf(long)), 'a ***\nb');
  assert.match(maskedText(base64(`user:${long}@host`), matcherOf(long)), /^dXNlcj.{0,2}\*\*\*.{0,2}hvc3Q=$/);
});

test('masks the lines of a secret of several, each alone and in base64, and no line that says nothing', () => {
  const matcher = matcherOf(KEY);
  const [, line = ''] = KEY.split('\n');
  assert.is(maskedText(`x ${line} y`, matcher), 'x *** y');
  assert.is(maskedText(`x ${base64(`${line}\n`)}`, matcher).includes('TUlJRXZRSUJB'), false);
  assert.is(maskedText(KEY.trim(), matcher), '***');
  assert.is(maskedText('-----BEGIN KEY-----', matcher), '-----BEGIN KEY-----');
  assert.is(secretLine(Buffer.from(`a\nb ${line}`), matcher), 2);
});

test('a line that other files have as well is masked, and proves nothing', () => {
  const account = '{\n  "type": "service_account",\n  "private": "kJ82hs9Kjs82hslsK92jsSj2"\n}';
  const matcher = matcherOf(account);
  assert.is(secretLine(Buffer.from('  "type": "service_account",\n'), matcher), null);
  assert.is(secretLine(Buffer.from(account), matcher), 4);
});

test('finds what bytes in any order of writes would show, and passes all else on as it is', () => {
  const text = fc.stringMatching(/^[a-c \n]{0,30}$/);
  const secret = fc.stringMatching(/^[a-c]{6,9}$/);
  fc.assert(
    fc.property(fc.array(secret, { minLength: 1, maxLength: 3 }), text, fc.array(fc.nat(29)), (secrets, body, cuts) => {
      const matcher = new Matcher(secrets.map((each) => ({ bytes: Buffer.from(each), proves: true })));
      const places = [...new Set([0, ...cuts.map((cut) => Math.min(cut, body.length)), body.length])].sort(
        (a, b) => a - b,
      );
      const parts = places.slice(1).map((end, index) => Buffer.from(body.slice(places[index], end)));
      // The plain way: every stretch that is a secret but for white space, marked byte by byte.
      const marks = Array.from(body, () => false);
      for (let from = 0; from < body.length; from += 1)
        for (let to = from + 1; to <= body.length; to += 1)
          if (
            /\S/.test(body[from] ?? '') &&
            /\S/.test(body[to - 1] ?? '') &&
            secrets.includes(body.slice(from, to).replace(/\s/g, ''))
          )
            marks.fill(true, from, to);
      const wanted = Array.from(body, (char, at) =>
        marks[at] === true ? (marks[at - 1] === true ? '' : '***') : char,
      ).join('');
      assert.is(masked(matcher, parts), wanted);
      assert.is(secretLine(Buffer.from(body), matcher) !== null, marks.includes(true));
    }),
    { numRuns: 2000 },
  );
});

test('holds back no more than a secret with its white space, whatever comes', () => {
  const matcher = matcherOf(CANARY);
  const masker = new Masker(matcher);
  let passed = 0;
  const begin = Buffer.from(CANARY.slice(0, 10) + ' '.repeat(10_000));
  for (let times = 0; times < 50; times += 1) passed += masker.write(begin).length;
  assert.ok(begin.length * 50 - passed < 2_000, String(passed));
});

test('masks texts inside of values', () => {
  const value = { a: [`x ${CANARY}`, 1, null], b: { c: true } };
  assert.equal(maskedValue(value, matcherOf(CANARY)), { a: ['x ***', 1, null], b: { c: true } });
});

test('refuses values that could not be masked', () => {
  assert.is(unusable('hunter'), null);
  for (const bad of ['', 'short', 'a b c', 'abc\0defgh', 'x'.repeat(20_000)])
    assert.ok(unusable(bad), bad.slice(0, 10));
});

test.run();
