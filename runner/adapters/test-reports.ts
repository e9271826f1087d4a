import type { Result as TapResult } from 'tap-parser';
import type { TestReports } from '../app/ports/test-reports.js';
import type { TestResult } from '../core/diagnosis.js';
import { fail, ok, type Result } from '../core/failure.js';

const MAX_BYTES = 10 * 1024 * 1024;
const MAX_TESTS = 100_000;
/** What test runners print in between does not make it less TAP; a plan or a version has to be there, and a test point. */
const TAP = /^\s*(?:TAP version \d+|1\.\.\d+)\s*(?:#.*)?$/m;
const TEST_POINT = /^\s*(?:not )?ok\b/m;

/** Reads JUnit's XML and TAP. The parsers are loaded when there is something to read. */
export const testReports: TestReports = {
  isReport: (name) => /\.(xml|tap)$/i.test(name),
  read: async (name, bytes) => {
    if (bytes.length > MAX_BYTES) return fail(`${name} is larger than ${String(MAX_BYTES / 1024 / 1024)} MB`);
    const text = new TextDecoder().decode(bytes);
    if (/\.tap$/i.test(name)) return TAP.test(text) ? ok(await tapTests(text)) : fail(`${name} is not TAP`);
    // Colours that a failure message carries into its report are no XML, and no reason not to read it.
    return junitTests(name, text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ''));
  },
  readPrinted: async (text) => (TAP.test(text) && TEST_POINT.test(text) ? tapTests(text) : null),
};

async function tapTests(text: string): Promise<readonly TestResult[]> {
  const { Parser } = await import('tap-parser');
  const tests: TestResult[] = [];
  const parser = new Parser({});
  // One event a test point that has none below it, with the names of those above.
  parser.on('result', (result: TapResult) => {
    if (tests.length >= MAX_TESTS) return;
    const outcome = result.skip !== false || result.todo !== false ? 'skipped' : result.ok ? 'passed' : 'failed';
    const message = outcome === 'failed' ? tapMessage(result.diag) : '';
    tests.push({ name: result.fullname || result.name, outcome, ...(message === '' ? {} : { message }) });
  });
  parser.end(text);
  return tests;
}

/** What test runners put under a failed test, by the names that they use for it. */
function tapMessage(diag: unknown): string {
  if (typeof diag !== 'object' || diag === null) return '';
  const { error, message, reason } = diag as Readonly<Record<string, unknown>>;
  return [error, message, reason].filter((part): part is string => typeof part === 'string').join('\n');
}

async function junitTests(name: string, text: string): Promise<Result<readonly TestResult[], string>> {
  // No test runner writes one, and entities are all that it could bring.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return fail(`${name} has a document type, which no test report needs`);
  const [{ XMLParser }, { SyntaxValidator }] = await Promise.all([
    import('fast-xml-parser'),
    import('fast-xml-validator'),
  ]);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
    isArray: (tag) => ['testsuite', 'testcase', 'failure', 'error'].includes(tag),
  });
  let root: unknown;
  try {
    // The parser alone makes something of anything.
    SyntaxValidator.validate(text);
    root = parser.parse(text);
  } catch (error) {
    // Both throw plain errors: for what is not well-formed, and at their limits of nesting and entities.
    if (error instanceof Error) return fail(`${name} cannot be read as XML: ${error.message}`);
    throw error;
  }
  const cases = suiteCases(root, 0);
  return cases.length === 0 ? fail(`${name} names no test`) : ok(cases.slice(0, MAX_TESTS).map(junitTest));
}

type Element = Readonly<Record<string, unknown>>;

const isElement = (value: unknown): value is Element =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const elements = (value: unknown): readonly Element[] => (Array.isArray(value) ? value.filter(isElement) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function suiteCases(node: unknown, depth: number): readonly Element[] {
  if (!isElement(node) || depth > 50) return [];
  const nested = isElement(node['testsuites']) ? [node['testsuites']] : [];
  return [
    ...elements(node['testcase']),
    ...[...nested, ...elements(node['testsuite'])].flatMap((suite) => suiteCases(suite, depth + 1)),
  ];
}

function junitTest(element: Element): TestResult {
  const name = [text(element['@classname']), text(element['@name'])].filter((part) => part !== '').join(' > ');
  const faults = [element['failure'], element['error']].flatMap((fault) =>
    Array.isArray(fault) ? (fault as unknown[]) : [],
  );
  if (faults.length > 0) {
    const message = faults
      .map((fault) => (isElement(fault) ? text(fault['@message']) || text(fault['#text']) : text(fault)))
      .join('\n');
    return { name, outcome: 'failed', ...(message === '' ? {} : { message }) };
  }
  return { name, outcome: 'skipped' in element ? 'skipped' : 'passed' };
}
