import type { Finding, Round } from '../../generated/types.js';
import type { Node, Statuses } from '../graph.js';
import { findingLine, reviewsIn } from './findings.js';

/** The reviews of a run in words, as Markdown list items, each round's and the last. `code` makes outside text safe to stand there. */
export function reviewLines(
  nodes: readonly Node[],
  statuses: Statuses,
  rounds: readonly Round[],
  code: (text: string) => string,
): readonly string[] {
  const listed = (findings: readonly Finding[]): readonly string[] =>
    findings.flatMap((finding) => [
      `  - ${code(findingLine(finding))}`,
      ...[finding.detail, finding.suggestion].flatMap((text) =>
        (text ?? '')
          .split('\n')
          .filter((line) => line !== '')
          .slice(0, 10)
          .map((line) => `    - ${code(line)}`),
      ),
    ]);
  return [
    ...rounds.flatMap(({ review, number, fix, findings }) => [
      `- ${code(review)} sent the run back to ${code(fix)} (round ${String(number)}):`,
      ...listed(findings),
    ]),
    ...reviewsIn(nodes, statuses).flatMap(([step, { verdict, summary, tier, findings }]) => [
      `- ${code(step)} ${verdict === 'passed' ? 'let it pass' : 'holds it up'}${tier === undefined ? '' : `, and asks for the tier ${code(tier)}`}${findings.length === 0 ? ': nothing found.' : ':'}`,
      ...(summary === ''
        ? []
        : summary
            .split('\n')
            .filter((line) => line !== '')
            .slice(0, 10)
            .map((line) => `  - ${code(line)}`)),
      ...listed(findings),
    ]),
    ...nodes.flatMap(({ key, kind }) => {
      const status = statuses[key];
      if (kind === 'review' && status?.state === 'skipped')
        return [`- ${code(key)} was left out: ${code(status.because)}`];
      if (status?.state !== 'failed' || status.failure.class !== 'review-blocked') return [];
      const { findings } = status.failure as unknown as { readonly findings: readonly Finding[] };
      return [`- ${code(key)} holds it up:`, ...listed(findings)];
    }),
  ];
}

/** What reviews leave for people to look at before they say yes. */
export function reviewRisks(nodes: readonly Node[], statuses: Statuses): readonly string[] {
  return reviewsIn(nodes, statuses).flatMap(([step, { findings }]) =>
    findings.slice(0, 20).map((finding) => `review ${step}: ${findingLine(finding)}`),
  );
}
