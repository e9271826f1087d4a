import { plainText, shorten } from './template.js';

/** One test of one run, as its report has it. */
export interface TestResult {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly message?: string;
}

export interface TestRun {
  /** The command succeeded. */
  readonly passed: boolean;
  /** What its report names; null where there was none that could be read. */
  readonly tests: readonly TestResult[] | null;
  /** Why there is no report, or what else should be known of this run. */
  readonly notes: readonly string[];
}

/** A test that failed at least once. */
export interface Finding {
  readonly name: string;
  /** `flaky` passed as well; `broken` never did. */
  readonly verdict: 'flaky' | 'broken';
  readonly failed: number;
  /** Runs in which it was not skipped. */
  readonly seen: number;
  readonly message: string;
}

/** What several runs of the same tests on the same commit say. */
export interface Diagnosis {
  readonly verdict: 'passing' | 'flaky' | 'broken';
  readonly runs: number;
  readonly failedRuns: number;
  /** The worst first; empty where no report named a test that failed. */
  readonly findings: readonly Finding[];
  /** Findings beyond the ones that are listed. */
  readonly more: number;
  readonly notes: readonly string[];
}

/** As many as one step may file orders for. */
const MOST_FINDINGS = 20;
const MOST_NOTES = 20;
const NAME_LENGTH = 200;
const MESSAGE_LENGTH = 1000;

/**
 * Tells flaky tests from broken ones. The command's end decides whether a run failed, its report only names who did it: a report that
 * contradicts the exit code is noted. Names and messages are outside text; they come out plain and bounded.
 */
export function diagnose(runs: readonly TestRun[]): Diagnosis {
  const failedRuns = runs.filter(({ passed }) => !passed).length;
  const findings = findingsOf(runs);
  const isAlways = failedRuns === runs.length;
  const someAlways = findings.some(({ verdict }) => verdict === 'broken');
  const isBroken = isAlways && (findings.length === 0 || someAlways);
  const contradicting = runs.filter(
    ({ passed, tests }) => passed && tests?.some(({ outcome }) => outcome === 'failed') === true,
  ).length;
  const notes = [
    ...(contradicting === 0
      ? []
      : [`${String(contradicting)} runs succeeded though their report names tests that failed`]),
    ...runs.flatMap((run, index) =>
      run.notes.map((note) => `run ${String(index + 1)}: ${shorten(plainText(note), 300)}`),
    ),
  ];
  return {
    verdict: failedRuns === 0 ? 'passing' : isBroken ? 'broken' : 'flaky',
    runs: runs.length,
    failedRuns,
    findings: findings.slice(0, MOST_FINDINGS),
    more: Math.max(0, findings.length - MOST_FINDINGS),
    notes: notes.slice(0, MOST_NOTES),
  };
}

function findingsOf(runs: readonly TestRun[]): readonly Finding[] {
  const counts = new Map<string, { failed: number; seen: number; message: string }>();
  for (const { tests } of runs) {
    // A name may occur more than once in a report; one that failed anywhere failed.
    const ofRun = new Map<string, TestResult>();
    for (const test of tests ?? []) {
      if (test.outcome === 'skipped') continue;
      const name = nameOf(test.name);
      if (ofRun.get(name)?.outcome !== 'failed') ofRun.set(name, test);
    }
    for (const [name, { outcome, message = '' }] of ofRun) {
      const count = counts.get(name) ?? { failed: 0, seen: 0, message: '' };
      const failed = outcome === 'failed';
      counts.set(name, {
        failed: count.failed + (failed ? 1 : 0),
        seen: count.seen + 1,
        message: count.message === '' && failed ? messageOf(message) : count.message,
      });
    }
  }
  return [...counts]
    .filter(([, { failed }]) => failed > 0)
    .map(([name, { failed, seen, message }]): Finding => ({
      name,
      verdict: failed === seen ? 'broken' : 'flaky',
      failed,
      seen,
      message,
    }))
    .sort((a, b) => b.failed / b.seen - a.failed / a.seen || b.failed - a.failed || (a.name < b.name ? -1 : 1));
}

const nameOf = (text: string): string => shorten(plainText(text), NAME_LENGTH) || '(a test without a name)';
const messageOf = (text: string): string =>
  shorten(
    text
      .split('\n')
      .map(plainText)
      .filter((line) => line !== '')
      .join('\n'),
    MESSAGE_LENGTH,
  );

/** The diagnosis in words, as Markdown list items. `code` makes outside text safe to stand there. */
export function diagnosisLines(
  { verdict, runs, failedRuns, findings, more, notes }: Diagnosis,
  code: (text: string) => string,
): readonly string[] {
  const all = String(runs);
  const head = {
    passing: `The tests passed in all ${all} runs.`,
    flaky: `**Flaky**: the tests failed in ${String(failedRuns)} of ${all} runs.`,
    broken: `**Broken**: the tests failed in all ${all} runs.`,
  }[verdict];
  return [
    head,
    '',
    ...findings.flatMap(({ name, verdict: of, failed, seen, message }) => [
      `- ${of}, failed ${String(failed)} of ${String(seen)}: ${code(name)}`,
      ...message
        .split('\n')
        .filter((line) => line !== '')
        .slice(0, 3)
        .map((line) => `  - ${code(line)}`),
    ]),
    ...(more > 0 ? [`- and ${String(more)} more`] : []),
    ...(verdict !== 'passing' && findings.length === 0
      ? [
          '- No report names the tests that failed. Let `commands: test-report` write JUnit XML or TAP into `$PUSHPALS_OUT`, or print TAP.',
        ]
      : []),
    ...notes.map((note) => `- ${note}`),
  ];
}

/** Whether a step's outputs are those of a diagnosis. */
export function isDiagnosis(outputs: unknown): outputs is Diagnosis {
  return (
    typeof outputs === 'object' &&
    outputs !== null &&
    'verdict' in outputs &&
    'findings' in outputs &&
    'failedRuns' in outputs
  );
}
