/**
 * Expected failures are values: one union, each member with its own facts. Adapters turn an exception into a
 * failure once, by errno or status; everything above passes it on. (The shape follows wireit's failure events.)
 * What a person reads of each is in `cli/render-failure.ts`.
 */

import type { Finding } from '../generated/types.js';
import type { Instant } from './ids.js';
import type { LimitName } from './step-limits.js';

/** A conflict that is left: a stretch of a file between markers, or a file on which the sides differ as a whole. */
export interface ConflictPlace {
  readonly path: string;
  /** In git's words, such as `contents` or `modify/delete`. */
  readonly kind: string;
  /** Lines of the file with its markers, counted from 1: as `git merge` would leave it. */
  readonly lines?: readonly [first: number, last: number];
  /** The first line of each side; empty where the side has none. */
  readonly ours?: string;
  readonly theirs?: string;
}

/** A fault in a file that a person wrote. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The offending line, as it stands in the file. Empty if the file has no such line. */
  readonly excerpt: string;
  /** What is wrong and what was expected. */
  readonly message: string;
  /** What to do next, such as the nearest legal key. */
  readonly hint?: string;
}

/** A fault of a file as a whole, or of something that has no lines. */
export const wholeFile = (file: string, message: string, hint?: string): Problem => ({
  file,
  line: 1,
  column: 1,
  excerpt: '',
  message,
  ...(hint === undefined ? {} : { hint }),
});

/** A place that holds a secret; never the value. */
export interface SecretFinding {
  readonly file: string;
  /** Counted from 1; null where it is the file's name, or the file has no lines. */
  readonly line: number | null;
  /** The rule that found it, or the name of the secret. */
  readonly rule: string;
}

/** A rule that took part in a decision. */
export interface Reason {
  readonly rule: string;
  readonly tier: 'low' | 'medium' | 'high' | 'deny';
  readonly because: string;
}

/** Hosts that the step asked for and was refused, in words. */
type Refused = readonly string[];

export type Failure =
  | { readonly class: 'config-invalid'; readonly problems: readonly Problem[] }
  | { readonly class: 'order-invalid'; readonly problems: readonly Problem[] }
  | {
      readonly class: 'duplicate';
      readonly twin: string;
      readonly twinState: string;
      readonly key: string;
      /** The concurrency group that drops later orders, where it is not the key that is the same. */
      readonly group?: string;
    }
  | { readonly class: 'policy-denied'; readonly reasons: readonly Reason[] }
  | {
      readonly class: 'scope-violation';
      readonly step: string;
      readonly entries: readonly { readonly path: string; readonly why: string }[];
    }
  | { readonly class: 'sandbox-unavailable'; readonly driver: string; readonly why: string; readonly mend: string }
  /** `why` is what came of pulling it, where that was tried; `retryAt` when it is tried again. */
  | { readonly class: 'image-missing'; readonly image: string; readonly why?: string; readonly retryAt?: Instant }
  /** The project's own image could not be made. */
  | {
      readonly class: 'image-build-failed';
      readonly dockerfile: string;
      readonly why: string;
      readonly tail: string;
      readonly retryAt: Instant;
    }
  | {
      readonly class: 'step-failed';
      readonly step: string;
      readonly exitCode: number | null;
      readonly signal?: string;
      readonly tail: string;
      readonly refused?: Refused;
    }
  /** A command was ended for what it used, or failed because it could not have more. `used` is null where nobody counted. */
  | {
      readonly class: 'limit-exceeded';
      readonly step: string;
      readonly limit: LimitName;
      readonly most: number;
      readonly used: number | null;
      readonly tail: string;
    }
  | { readonly class: 'output-invalid'; readonly step: string; readonly why: string }
  /** This machine cannot hand over a secret. `why` and `mend` never hold a value. */
  | { readonly class: 'secret-missing'; readonly secret: string; readonly why: string; readonly mend: string }
  /** What looks like a credential, or is a secret that the run was handed, stands where it must not. */
  | { readonly class: 'secret-found'; readonly where: string; readonly findings: readonly SecretFinding[] }
  | {
      readonly class: 'check-failed';
      readonly step: string;
      readonly expect: 'success' | 'failure';
      readonly exitCode: number | null;
      readonly tail: string;
      readonly refused?: Refused;
      /** Where it failed on what comes of merging the result. */
      readonly merged?: {
        readonly into: string;
        /** Where the target was. */
        readonly target: string;
        /** The merge that was checked, and its tree. */
        readonly commit: string;
        readonly tree: string;
      };
    }
  | {
      readonly class: 'baseline-broken';
      readonly step: string;
      readonly base: string;
      readonly exitCode: number | null;
      readonly tail: string;
      readonly refused?: Refused;
    }
  /** A review holds the change up, nothing is left that could mend it, and nobody could let it pass. */
  | {
      readonly class: 'review-blocked';
      readonly step: string;
      /** How often it sent the run back. */
      readonly rounds: number;
      readonly findings: readonly Finding[];
    }
  /** A merge that a run made silently takes back what one of its sides gained since they parted. */
  | {
      readonly class: 'would-undo';
      readonly step: string;
      readonly files: readonly {
        /** Whose gain is taken back. */
        readonly branch: string;
        readonly path: string;
        readonly what: string;
        /** The commit that added what is gone. */
        readonly commit?: string;
        /** Some of the lines, each as `number: text`. */
        readonly lines: readonly string[];
      }[];
      /** Of all files. */
      readonly count: number;
      /** Files that were too much to look into. */
      readonly unread: number;
    }
  | { readonly class: 'timeout'; readonly step: string; readonly limitMs: number; readonly what: 'step' | 'run' }
  | {
      readonly class: 'merge-conflict';
      readonly step: string;
      readonly paths: readonly string[];
      /** Where a branch and the project's do not fit; without it two steps do not. */
      readonly sides?: {
        readonly branch: string;
        readonly into: string;
        readonly places: readonly ConflictPlace[];
        readonly count: number;
        /** What could not be taken back: `branch` is where later work stands, `into` what was before. */
        readonly reverts?: { readonly order: string; readonly commit: string };
      };
      /** Of a result in the queue: why no other order resolves it, and the last one that was to. */
      readonly unresolved?: { readonly by?: string; readonly why?: string };
    }
  | { readonly class: 'stale-base'; readonly branch: string; readonly found: string }
  | {
      readonly class: 'remote-unavailable';
      readonly remote: string;
      readonly problem: 'unreachable' | 'refused';
      /** What git said. */
      readonly why: string;
    }
  | { readonly class: 'claim-lost'; readonly order: string }
  | {
      readonly class: 'runner-lost';
      readonly order: string;
      readonly claimant: string;
      /** How many runners died one after the other, where the run was given up for that. */
      readonly times?: number;
    }
  | {
      readonly class: 'git-failed';
      readonly command: string;
      readonly exitCode: number | null;
      readonly stderr: string;
      /** The lock file of git's that was in the way. */
      readonly lock?: string;
    }
  /** The operating system refused something: `code` is its error number's name, `doing` the system call. */
  | { readonly class: 'machine-failed'; readonly code: string; readonly doing: string; readonly path: string }
  | { readonly class: 'state-conflict'; readonly what: string; readonly hint: string }
  | { readonly class: 'approval-needed'; readonly request: string }
  /** A model's server does not answer, or does not have the model. `mend` says what to do. */
  | {
      readonly class: 'model-unavailable';
      /** Its key under `models`. */
      readonly model: string;
      readonly why: string;
      readonly mend: string;
    }
  /** The forge did not do what it was asked for. */
  | {
      readonly class: 'forge-unavailable';
      /** The repository's address there. */
      readonly forge: string;
      /** `unreachable`: it is down, or breaks off. `refused`: it understands, and does not do it. `forbidden`: the token may not. */
      readonly problem:
        'unreachable' | 'refused' | 'forbidden' | 'no-token' | 'rate-limited' | 'not-found' | 'unexpected';
      /** What the forge said; never the token. */
      readonly why: string;
      /** Where it asked to be left alone: until when. */
      readonly retryAt?: Instant;
    }
  /** What a model returned does not fit what was asked for, after it was told so once. */
  | { readonly class: 'model-output-invalid'; readonly step: string; readonly why: string }
  /** An agent made the same call again and again, and the same came of it. */
  | { readonly class: 'agent-repeats'; readonly step: string; readonly call: string; readonly times: number }
  /** An agent went on for turns that brought nothing. */
  | { readonly class: 'agent-stalled'; readonly step: string; readonly turns: number }
  /** An agent says that it cannot do what it was asked for. */
  | { readonly class: 'agent-gave-up'; readonly step: string; readonly reason: string }
  /** An order has used up what it may. */
  | {
      readonly class: 'budget-exhausted';
      readonly step: string;
      readonly what: 'turns' | 'tokens' | 'cost';
      readonly most: number;
      readonly used: number;
    }
  /** Orders that a step waited for did not end as done. */
  | {
      readonly class: 'child-failed';
      readonly step: string;
      readonly orders: readonly { readonly id: string; readonly state: string; readonly why?: string }[];
    }
  /** A crash lies between an effect's intent and its record, and what is there now tells neither. */
  | { readonly class: 'outcome-unknown'; readonly request: string; readonly ref: string; readonly found: string }
  | { readonly class: 'not-built'; readonly what: string };

export type FailureClass = Failure['class'];

export type Result<T, F = Failure> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: F };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const fail = <F>(failure: F): { readonly ok: false; readonly failure: F } => ({ ok: false, failure });

/**
 * How each class recovers: by trying again later, after somebody changed a file, by the machine's owner mending
 * something, or not at all. `wait` uses up no attempt of the order: the work itself was not at fault.
 */
export const RECOVERY: Readonly<Record<FailureClass, 'retry' | 'after-change' | 'wait' | 'never'>> = {
  'config-invalid': 'after-change',
  'order-invalid': 'after-change',
  duplicate: 'never',
  'policy-denied': 'after-change',
  'scope-violation': 'retry',
  'sandbox-unavailable': 'wait',
  'image-missing': 'wait',
  'image-build-failed': 'wait',
  'step-failed': 'retry',
  'limit-exceeded': 'retry',
  'output-invalid': 'retry',
  'secret-missing': 'wait',
  'secret-found': 'never',
  'check-failed': 'retry',
  'baseline-broken': 'after-change',
  'review-blocked': 'after-change',
  'would-undo': 'retry',
  timeout: 'retry',
  'merge-conflict': 'retry',
  'stale-base': 'retry',
  'remote-unavailable': 'wait',
  'claim-lost': 'never',
  'runner-lost': 'retry',
  'git-failed': 'wait',
  'machine-failed': 'wait',
  'state-conflict': 'never',
  'approval-needed': 'wait',
  'model-unavailable': 'wait',
  'forge-unavailable': 'wait',
  'model-output-invalid': 'retry',
  'agent-repeats': 'retry',
  'agent-stalled': 'retry',
  'agent-gave-up': 'retry',
  'budget-exhausted': 'never',
  'child-failed': 'never',
  'outcome-unknown': 'wait',
  'not-built': 'never',
};
