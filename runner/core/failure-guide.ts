import type { FailureClass } from './failure.js';

/** What a class of failures means to a person, and what to do about any of them. The facts of one failure are in `describe-failure.ts`. */
export interface Guidance {
  readonly means: string;
  readonly next: string;
}

export const GUIDE: Readonly<Record<FailureClass, Guidance>> = {
  'config-invalid': {
    means: '`pushpals.yml`, a formula, an agent or the policy has errors; the lines are named.',
    next: 'Mend the file, check it with `pushpals validate`, and commit it.',
  },
  'order-invalid': {
    means:
      'A file in the inbox is not an order that can be run. It lies in `ops/rejected/`, as it was, with the reasons beside it.',
    next: 'Mend it and drop it again.',
  },
  duplicate: {
    means: 'The same work is queued, running or waiting already; the twin is named.',
    next: 'Wait for the twin, or give the order a `dedupe` key of its own.',
  },
  'policy-denied': {
    means: 'The policy does not let this go on by itself; each rule that says so is named.',
    next: 'Change `policy/policy.yml` if it should be allowed, or do the work by hand.',
  },
  'scope-violation': {
    means: 'A step changed what its `scope` does not allow, or left an entry that git would take for its own.',
    next: 'Widen `scope` if the change is wanted; otherwise mend the step. Nothing of it was shipped.',
  },
  'sandbox-unavailable': {
    means: 'The sandbox driver that was asked for does not answer. No weaker one is taken.',
    next: 'Start it; the order goes on by itself.',
  },
  'image-missing': {
    means: 'The engine does not have the image, and it could not be pulled, or `sandbox.pull` is `never`.',
    next: 'Pull it (`docker pull`), after a `docker login` where the registry wants one; the order goes on by itself.',
  },
  'image-build-failed': {
    means:
      'An image that the project builds (`build` under `sandbox`, or of a step) could not be made; the last lines of the build are shown.',
    next: 'Mend the Dockerfile and commit it. A build has no network unless its `network` and the policy say so.',
  },
  'step-failed': {
    means: 'A step ended with an exit code other than 0, or by a signal.',
    next: 'Read the end of its output, or all of it with `pushpals log ORDER`.',
  },
  'limit-exceeded': {
    means:
      'A step used more memory, processes, disk, files or output than it may, and was ended with everything it had started. Only that step is.',
    next: 'Make it need less, or raise the limit that is named in `pushpals.yml`.',
  },
  'output-invalid': {
    means: 'What a step left in `$PUSHPALS_OUT` does not fit its `outputs` schema, or cannot be read safely.',
    next: 'Mend what the step writes, or the schema.',
  },
  'secret-missing': {
    means:
      'This machine does not have the value of a secret that a step is to get, or it cannot be handed over safely.',
    next: 'Put it where `pushpals.yml` says; the order goes on by itself. `pushpals doctor` tells which are there.',
  },
  'secret-found': {
    means:
      'A file, an output or a text holds a secret of the run, or what looks like a credential. The place is named, the value never.',
    next: 'Mend what writes it there. What is no credential can be allowed under `secret-scan` in `policy/policy.yml`.',
  },
  'check-failed': {
    means: 'A check failed on the result and passes on the base: the change is to blame. Nothing was shipped.',
    next: 'Look at the change with `pushpals evidence show ORDER --diff`.',
  },
  'baseline-broken': {
    means: 'A check fails on the base as well: the run is not to blame.',
    next: 'Mend the branch first, then `pushpals order retry ORDER`.',
  },
  'review-blocked': {
    means: 'A review found what holds the change up; each finding is named. Nothing was shipped.',
    next: 'Look at the findings with `pushpals evidence show ORDER`, then retry the order, or mend it by hand.',
  },
  'would-undo': {
    means: 'A merge would silently take back lines that one of its sides had gained. The target was not moved.',
    next: 'Put the named lines back. Where they have to go, let people decide: a policy rule that raises the tier of such merges has them asked, with the lines named.',
  },
  timeout: {
    means: 'A step or the whole run took longer than it may. Everything that it had started was ended.',
    next: 'Look for what hangs in the log, or raise `timeout` or `budget.time`.',
  },
  'merge-conflict': {
    means: 'Results that have to come together change the same lines.',
    next: 'Let one of the steps need the other, or resolve the named places by hand.',
  },
  'stale-base': {
    means: 'A branch that the order would ship to is not where the runner left it: somebody else works on it.',
    next: 'Rename or delete that branch, then retry the order.',
  },
  'remote-unavailable': {
    means: 'The remote that runners share cannot be reached, or does not let this one push.',
    next: 'Look at `git fetch` and at the protection of the ops branch. What was done here waits, and is pushed later.',
  },
  'claim-lost': {
    means: 'The order was cancelled, or another runner took it over, while this one worked on it.',
    next: 'See where it stands with `pushpals order show ORDER`.',
  },
  'runner-lost': {
    means: 'The runner that had the order is gone.',
    next: 'Nothing: the next tick goes on after the last snapshot commit.',
  },
  'git-failed': {
    means:
      'Git could not do what it was told; what it printed is shown. A full disk, permissions and a damaged repository are the usual causes.',
    next: 'Mend that; the order is tried again by itself.',
  },
  'machine-failed': {
    means: 'The operating system refused something: a full or read-only disk, missing rights, too many open files.',
    next: 'Mend that, as the message says; the next tick goes on from what is committed.',
  },
  'state-conflict': {
    means: 'The repository is not in the state that the command needs; which state is said.',
    next: 'Do what the message says.',
  },
  'approval-needed': {
    means: 'The policy asks for a person’s yes before this goes on.',
    next: 'Look at the request with `pushpals vault show`, then approve or reject it.',
  },
  'outcome-unknown': {
    means:
      'A runner died between the intent to do what was approved and the record of it, and the repository does not tell which.',
    next: 'Look at the branch that is named, and say with `pushpals vault resolve` whether it was done. It is never tried again by itself.',
  },
  'model-unavailable': {
    means:
      'The server of a language model does not answer, refuses the key, or does not have the model. No other model is taken but those that `fallback` names.',
    next: 'Start it, or pull the model; the order goes on by itself, and no attempt is used up.',
  },
  'forge-unavailable': {
    means:
      'The forge does not answer, wants to be left alone for a while, or did not do what it was asked for; what it said is shown.',
    next: 'What waits for it goes on by itself, and no attempt is used up. `pushpals doctor` says what the token lacks.',
  },
  'model-output-invalid': {
    means:
      'A model returned something that does not fit what the step asks for, and did so again after it was told what is wrong.',
    next: 'Read the transcript: `pushpals log ORDER --transcript`. A more able model, or a simpler `returns`, often helps.',
  },
  'agent-repeats': {
    means: 'An agent made the same call again and again, though nothing had changed and the same came of it.',
    next: 'Read the transcript for what it was after. A more able model, or a task that is cut smaller, often helps.',
  },
  'agent-stalled': {
    means: 'An agent went on without changing, reading or executing anything new.',
    next: 'Read the transcript for what it was after. A more able model, or a task that is cut smaller, often helps.',
  },
  'agent-gave-up': {
    means: 'An agent said that it cannot do what it was asked for, and why.',
    next: 'Give it what it lacks (a tool, a command, a scope, the missing fact in the order), or do it by hand.',
  },
  'budget-exhausted': {
    means: 'An order has used up the turns, tokens or dollars that it may. What was done so far is kept.',
    next: 'Read what it did, and raise `budget` in the formula if more is worth it.',
  },
  'child-failed': {
    means: 'An order waited for others that its run had filed, and not all of them ended as done.',
    next: 'Look at those that are named. What is retried is not filed again where it was done.',
  },
  'not-built': {
    means: 'A file asks for something that this version does not have.',
    next: 'Take it out of the file; a later version brings it.',
  },
};
