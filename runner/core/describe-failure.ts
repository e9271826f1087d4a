import { usedUpText } from './agents/budget.js';
import { agentFailureWords } from './agents/failure-words.js';
import { forgeMend } from './forge/words.js';
import { findingLine } from './review/findings.js';
import { quoted } from './locks.js';
import type { Failure, Problem } from './failure.js';
import { describeMachine } from './machine-failure.js';
import { exceededText, limitKey } from './step-limits.js';
import { describeUndone } from './describe-undone.js';
import { describeConflicts } from './describe-conflicts.js';
import type { Description } from './description.js';
import { visibleLine } from './visible.js';

export function describeFailure(failure: Failure): Description {
  switch (failure.class) {
    case 'config-invalid':
    case 'order-invalid':
      return {
        what: `${String(failure.problems.length)} ${failure.problems.length === 1 ? 'problem' : 'problems'} in ${[...new Set(failure.problems.map(({ file }) => file))].join(', ')}`,
        details: failure.problems.flatMap(describeProblem),
        next: [
          failure.class === 'order-invalid'
            ? 'Mend the order and drop it into `ops/inbox/` again.'
            : 'Mend the file, check it with `pushpals validate`, and commit it.',
        ],
      };
    case 'duplicate':
      if (failure.group !== undefined)
        return {
          what: `the group ${failure.group} has an order already, ${failure.twin} (${failure.twinState}), and drops later ones`,
          details: [],
          next: [
            `Wait until \`pushpals order show ${failure.twin}\` says that it has ended, then drop this one again; \`on-conflict: queue\` in the formula would have it wait.`,
          ],
        };
      return {
        what: `the same work is already ${failure.twinState === 'queue' ? 'queued' : failure.twinState} as order ${failure.twin}`,
        details: [`dedupe key: ${failure.key}`],
        next: [
          `Look at it with \`pushpals order show ${failure.twin}\`; to do the work twice, give the order a \`dedupe\` key of its own.`,
        ],
      };
    case 'policy-denied':
      return {
        what: 'the policy does not let this go on by itself',
        details: failure.reasons.map(({ rule, tier, because }) => `rule ${rule} (${tier}): ${because}`),
        next: [
          '`pushpals policy explain` shows every rule. Change `policy/policy.yml` if this should be allowed, or do the work by hand.',
        ],
      };
    case 'scope-violation':
      return {
        what: `step ${failure.step} touched what it must not`,
        details: failure.entries.map(({ path, why }) => `${visibleLine(path)}: ${why}`),
        next: ['Widen `scope` in the formula if the change is wanted; otherwise mend the step.'],
      };
    case 'sandbox-unavailable':
      return {
        what: `the sandbox driver ${failure.driver} is not available: ${failure.why}`,
        details: [],
        next: [failure.mend, 'The order waits and starts by itself once the driver answers.'],
      };
    case 'image-missing':
      return {
        what: `the engine has no image ${failure.image}${failure.why === undefined ? '' : `, and it cannot be pulled: ${visibleLine(failure.why)}`}`,
        details: [],
        next: [
          `docker pull ${failure.image}`,
          ...(failure.retryAt === undefined ? [] : [`It is tried again at ${failure.retryAt}; no attempt is used up.`]),
        ],
      };
    case 'image-build-failed':
      return {
        what: `the image of ${failure.dockerfile} cannot be built: ${visibleLine(failure.why)}`,
        details: lines(failure.tail),
        next: [
          `Mend ${failure.dockerfile} and commit it: what is committed next is built at once.`,
          `The same is tried again at ${failure.retryAt}; no attempt is used up.`,
        ],
      };
    case 'step-failed':
      return {
        what: `step ${failure.step} ${failure.signal === undefined ? `ended with exit code ${String(failure.exitCode)}` : `was ended by ${failure.signal}`}`,
        details: [...lines(failure.tail), ...refusedLines(failure.refused)],
        next: [...widen(failure.refused), 'Read the end of its output above; `pushpals log` shows all of it.'],
      };
    case 'limit-exceeded':
      return {
        what: `step ${failure.step} was killed: ${exceededText(failure)}`,
        details: lines(failure.tail),
        next: [
          `Make the step need less, or raise \`${limitKey(failure.limit)}\` in pushpals.yml (and what its formula and the policy say under \`limits\`).`,
        ],
      };
    case 'output-invalid':
      return {
        what: `step ${failure.step} left outputs that cannot be used: ${failure.why}`,
        details: [],
        next: ['Mend what the step writes to `$PUSHPALS_OUT/outputs.json`, or the `outputs` schema in the formula.'],
      };
    case 'secret-missing':
      return {
        what: `this machine cannot hand over the secret ${failure.secret}: ${failure.why}`,
        details: [],
        next: [failure.mend, 'No attempt is used up: the order starts again by itself once the value is there.'],
      };
    case 'secret-found':
      return {
        what: `${failure.where} holds what must stay secret`,
        details: failure.findings.map(
          ({ file, line, rule }) => `${visibleLine(file)}${line === null ? '' : `:${String(line)}`}: ${rule}`,
        ),
        next: [
          'It was not kept, shipped or pushed from here. Mend what writes it there; if the value may have been seen (a file that is committed can be), revoke it.',
          'What is known to be no credential can be named in policy/policy.yml: `secret-scan: { allow: [{ path, rule }] }`.',
        ],
      };
    case 'check-failed':
      return {
        what:
          failure.merged !== undefined
            ? `check ${failure.step} ${failure.expect === 'success' ? `failed with exit code ${String(failure.exitCode)}` : 'passed, and is expected to fail,'} on the merge into ${failure.merged.into}; on ${failure.merged.into} itself it does not`
            : failure.expect === 'success'
              ? `check ${failure.step} failed with exit code ${String(failure.exitCode)}; on the base it passes`
              : `check ${failure.step} passed, and the formula expects it to fail`,
        details: [
          ...(failure.merged === undefined
            ? []
            : [
                `what was checked: ${failure.merged.commit} (tree ${failure.merged.tree.slice(0, 12)})`,
                `what it was merged with: ${failure.merged.into} at ${failure.merged.target}`,
              ]),
          ...lines(failure.tail),
          ...refusedLines(failure.refused),
        ],
        next: [
          ...widen(failure.refused),
          failure.merged !== undefined
            ? `Nothing was merged. See both together: git diff ${failure.merged.target.slice(0, 12)} ${failure.merged.commit.slice(0, 12)}`
            : 'The change is to blame: nothing was shipped. The diff is in the evidence, and `pushpals log` shows the whole output.',
        ],
      };
    case 'baseline-broken':
      return {
        what: `check ${failure.step} fails, and it fails on the base ${failure.base.slice(0, 12)} as well`,
        details: [...lines(failure.tail), ...refusedLines(failure.refused)],
        next: [...widen(failure.refused), 'Mend the base branch first; this run is not to blame.'],
      };
    case 'review-blocked':
      return {
        what: `the review ${failure.step} holds the change up${failure.rounds === 0 ? '' : `, after ${String(failure.rounds)} round(s) of mending`}`,
        details: failure.findings.slice(0, 20).map(findingLine),
        next: ['Nothing was shipped. What was reviewed is kept, and the report in the evidence has all findings.'],
      };
    case 'would-undo':
      return describeUndone(failure);
    case 'timeout':
      return {
        what:
          failure.what === 'step'
            ? `step ${failure.step} took longer than ${seconds(failure.limitMs)}, and was ended with everything it had started`
            : `the run's time was over in step ${failure.step}`,
        details: [],
        next: [
          failure.what === 'step'
            ? "Raise the step's `timeout`, or find what hangs in its log."
            : "Raise the formula's `budget.time` or the order's `constraints.time`.",
        ],
      };
    case 'merge-conflict':
      if (failure.sides !== undefined) return describeConflicts(failure.paths, failure.sides, failure.unresolved);
      return {
        what: `${failure.step === '' ? 'a merge' : `what step ${failure.step} needs`} does not fit together`,
        details: failure.paths.map((path) => `conflict in ${path}`),
        next: ['Let one of the steps need the other, or keep them to different files.'],
      };
    case 'stale-base':
      return {
        what: `the branch ${failure.branch} is at ${failure.found.slice(0, 12)}, which this order did not put there`,
        details: [],
        next: [`Rename or delete the branch ${failure.branch}, then retry the order.`],
      };
    case 'remote-unavailable':
      return failure.problem === 'unreachable'
        ? {
            what: `the remote ${failure.remote} cannot be reached`,
            details: lines(failure.why),
            next: [
              'What runs goes on, and what was done is pushed as soon as it answers again; nothing new starts until then.',
              `See \`git fetch ${failure.remote}\`, and \`pushpals doctor\`.`,
            ],
          }
        : {
            what: `the remote ${failure.remote} does not take the ops branch`,
            details: lines(failure.why),
            next: [
              'Let this runner push it: a protected or frozen branch, a hook or a key without that right stands in the way.',
              'What was done waits here, and is pushed as soon as it may be.',
            ],
          };
    case 'claim-lost':
      return {
        what: `the claim on order ${failure.order} is no longer this run's`,
        details: [],
        next: ['The order was cancelled, or another runner has it; `pushpals order show` tells.'],
      };
    case 'runner-lost':
      if (failure.times !== undefined)
        return {
          what: `${String(failure.times)} runners of order ${failure.order} died one after the other, the last as ${failure.claimant}, and no step came to an end in between`,
          details: [],
          next: [
            'Look at the step that failed: does it end the runner itself, or use up the memory of the machine (`journalctl -k | grep -i "out of memory"`)?',
            `Then put the order back: pushpals order retry ${failure.order}.`,
          ],
        };
      return {
        what: `the runner ${failure.claimant} of order ${failure.order} is gone`,
        details: [],
        next: ['The next tick goes on from the last snapshot commit.'],
      };
    case 'git-failed':
      return {
        what: `git failed: ${failure.command} (exit code ${String(failure.exitCode)})`,
        details: lines(failure.stderr),
        next: [
          ...(failure.lock === undefined
            ? []
            : [`If no git command runs here, one that was killed left it: rm ${quoted(failure.lock)}`]),
          'See what git says above; disk space, permissions and a damaged repository (`git fsck`) are the usual causes.',
        ],
      };
    case 'machine-failed': {
      const { what, mend } = describeMachine(failure);
      return { what, details: [], next: [mend, 'Nothing is lost: the next tick goes on from what is committed.'] };
    }
    case 'state-conflict':
      return { what: failure.what, details: [], next: [failure.hint] };
    case 'approval-needed':
      return {
        what: `the request ${failure.request} has to be approved first`,
        details: [],
        next: [
          `Look at it: pushpals vault show ${failure.request}`,
          `Approve it (pushpals vault approve ${failure.request}), or reject it (pushpals vault reject ${failure.request} --reason "…").`,
        ],
      };
    case 'outcome-unknown':
      return {
        what: `nobody can tell whether ${failure.request} was done: a runner died in the midst of it, and ${failure.ref} is at ${failure.found} now`,
        details: [],
        next: [
          `Look at ${failure.ref}, then say what happened: pushpals vault resolve ${failure.request} --done, or --undone.`,
        ],
      };
    case 'model-unavailable':
      return { what: `the model ${failure.model} is not available: ${failure.why}`, details: [], next: [failure.mend] };
    case 'forge-unavailable':
      return {
        what: `the forge did not do what it was asked for (${failure.forge}): ${visibleLine(failure.why)}`,
        details: [],
        next: [forgeMend(failure), 'No attempt is used up.'],
      };
    case 'model-output-invalid':
    case 'agent-repeats':
    case 'agent-stalled':
    case 'agent-gave-up':
      return agentFailureWords(failure);
    case 'budget-exhausted':
      return {
        what: `step ${failure.step} has used up the order's budget: ${usedUpText(failure)}`,
        details: [],
        next: ["Raise the formula's `budget`, or make the order smaller."],
      };
    case 'child-failed':
      return {
        what: `of the orders that step ${failure.step} waited for, ${String(failure.orders.length)} did not end as done`,
        details: failure.orders.map(
          ({ id, state, why }) => `${id}: ${state}${why === undefined ? '' : ` (${visibleLine(why)})`}`,
        ),
        next: [
          `Look at it: pushpals order show ${failure.orders[0]?.id ?? 'ORDER'}`,
          'Then retry the order that waited: it files again only what was not done.',
        ],
      };
    case 'not-built':
      return {
        what: `${failure.what}: this is not built yet`,
        details: [],
        next: ['Take it out of the formula; a later version brings it.'],
      };
  }
}

export function describeProblem({ file, line, column, excerpt, message, hint }: Problem): readonly string[] {
  const gutter = `${String(line)} | `;
  return [
    `${file}:${String(line)}:${String(column)}: ${message}`,
    ...(excerpt === '' ? [] : [`  ${gutter}${excerpt}`, `  ${' '.repeat(gutter.length + Math.max(0, column - 1))}^`]),
    ...(hint === undefined ? [] : [`  ${hint}`]),
  ];
}

/** The step may have failed for what it could not reach. */
const refusedLines = (refused: readonly string[] = []): readonly string[] =>
  refused.map((line) => `network: ${visibleLine(line)}`);

const widen = (refused: readonly string[] = []): readonly string[] =>
  refused.length === 0
    ? []
    : [
        'If it needs a host that it was refused, add it to the `network` of the step or command, and to the policy’s `network.allow`.',
      ];

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '');
const seconds = (ms: number): string =>
  ms >= 60_000 ? `${String(Math.round(ms / 6000) / 10)} minutes` : `${String(ms / 1000)} s`;
