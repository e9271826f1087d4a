import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { testReports } from '../../runner/adapters/test-reports.js';

const read = async (name: string, text: string | Uint8Array): Promise<unknown> => {
  const end = await testReports.read(name, typeof text === 'string' ? Buffer.from(text) : text);
  return end.ok ? end.value : end.failure;
};

/** As pytest writes it. */
const PYTEST = `<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" errors="1" failures="1" skipped="1" tests="4">
<testcase classname="tests.test_shop" name="test_adds" time="0.001" />
<testcase classname="tests.test_shop" name="test_&lt;odd&gt; &amp; &quot;quoted&quot;" time="0.001"><failure message="assert 1 == 2">def test():
&gt;   assert 1 == 2</failure></testcase>
<testcase classname="tests.test_shop" name="test_later"><skipped type="pytest.skip" message="not now">x</skipped></testcase>
<testcase classname="tests.test_shop" name="test_fixture"><error message="failed on setup" /></testcase>
</testsuite></testsuites>`;

test('a JUnit file as pytest writes it', async () => {
  assert.equal(await read('junit.xml', PYTEST), [
    { name: 'tests.test_shop > test_adds', outcome: 'passed' },
    { name: 'tests.test_shop > test_<odd> & "quoted"', outcome: 'failed', message: 'assert 1 == 2' },
    { name: 'tests.test_shop > test_later', outcome: 'skipped' },
    { name: 'tests.test_shop > test_fixture', outcome: 'failed', message: 'failed on setup' },
  ]);
});

test('suites within suites, and one without suites around it', async () => {
  const nested =
    '<testsuite><testsuite><testcase name="a"><failure>why</failure></testcase></testsuite><testcase name="b"/></testsuite>';
  assert.equal(await read('a.xml', nested), [
    { name: 'b', outcome: 'passed' },
    { name: 'a', outcome: 'failed', message: 'why' },
  ]);
});

const TAP = `> shop@1.0.0 test
TAP version 13
# Subtest: basket
    not ok 1 - adds up
      ---
      error: |-
        Expected values to be strictly equal
      ...
    ok 2 - empties
    1..2
not ok 1 - basket
ok 2 - later # TODO
1..2
# fail 1
`;

test('TAP with subtests, printed between other lines or in a file', async () => {
  const tests = [
    { name: 'basket > adds up', outcome: 'failed', message: 'Expected values to be strictly equal' },
    { name: 'basket > empties', outcome: 'passed' },
    { name: 'later', outcome: 'skipped' },
  ];
  assert.equal(await testReports.readPrinted(TAP), tests);
  assert.equal(await read('a.tap', TAP), tests);
  assert.is(await testReports.readPrinted('all is ok\nnot ok at all\n'), null);
});

test('hostile reports are refused with their reason, quickly', async () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><testsuite><testcase name="&b;"/></testsuite>`;
  const table: [string, string | Uint8Array, RegExp][] = [
    ['bomb.xml', bomb, /document type/],
    ['broken.xml', '<testsuite><testcase name="a"></testsuite>', /cannot be read as XML/],
    ['empty.xml', '', /(cannot be read|names no test)/],
    ['other.xml', '<html><body/></html>', /names no test/],
    ['deep.xml', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, /(cannot be read|names no test)/],
    ['binary.xml', new Uint8Array([0, 255, 254, 60, 62]), /(cannot be read|names no test)/],
    ['large.xml', new Uint8Array(11 * 1024 * 1024), /larger than 10 MB/],
    ['prose.tap', 'nothing here is ok\n', /is not TAP/],
  ];
  for (const [name, text, why] of table) assert.match(String(await read(name, text)), why);
});

test('names of objects’ own properties are only names', async () => {
  assert.equal(await read('a.xml', '<testsuite><testcase name="__proto__" classname="constructor"/></testsuite>'), [
    { name: 'constructor > __proto__', outcome: 'passed' },
  ]);
});

test.run();
