import type { Failure } from '../../core/failure.js';
import type { Instant } from '../../core/ids.js';
import type { Pause } from '../../core/pause.js';

/** What happens while a tick works, for whoever shows it. */
export type Progress =
  | { readonly event: 'accepted'; readonly order: string; readonly from: string }
  | { readonly event: 'rejected'; readonly file: string; readonly failure: Failure }
  | { readonly event: 'left'; readonly file: string; readonly why: string }
  | { readonly event: 'waits'; readonly order: string; readonly reason: string; readonly failure?: Failure }
  /** What a dry run would have written. */
  | { readonly event: 'would'; readonly subject: string }
  | {
      readonly event: 'started';
      readonly order: string;
      readonly run: string;
      readonly formula: string;
      readonly resumed: boolean;
    }
  /** The results of orders are tried on their target, the first of them leading. */
  | { readonly event: 'merging'; readonly orders: readonly string[]; readonly into: string; readonly target: string }
  /** A result does not fit its target; another order brings the two together. */
  | {
      readonly event: 'resolving';
      readonly order: string;
      readonly by: string;
      readonly into: string;
      readonly paths: readonly string[];
    }
  | { readonly event: 'step-started'; readonly order: string; readonly step: string }
  /** A step that has ended is run again for files that git ignores, which `for` goes on with and no snapshot holds. */
  | { readonly event: 'step-again'; readonly order: string; readonly step: string; readonly for: string }
  | {
      readonly event: 'step-ended';
      readonly order: string;
      readonly step: string;
      readonly state: string;
      readonly durationMs: number;
      readonly detail?: string;
    }
  | {
      readonly event: 'ended';
      readonly order: string;
      readonly outcome: string;
      readonly branch?: string;
      readonly commit?: string;
      /** The target that holds it. */
      readonly into?: string;
      readonly evidence?: string;
      readonly failure?: Failure;
      readonly retryAt?: Instant;
    }
  /** An image comes from its registry; `bytes` once it is there. */
  | { readonly event: 'pulling'; readonly image: string }
  | { readonly event: 'pull-progress'; readonly image: string; readonly doneBytes: number; readonly totalBytes: number }
  | { readonly event: 'pulled'; readonly image: string; readonly durationMs: number }
  | { readonly event: 'pull-failed'; readonly image: string; readonly why: string }
  /** The project's own image is made. */
  | { readonly event: 'building'; readonly image: string; readonly dockerfile: string }
  | { readonly event: 'build-output'; readonly image: string; readonly line: string }
  | { readonly event: 'built'; readonly image: string; readonly durationMs: number }
  | { readonly event: 'build-failed'; readonly image: string; readonly why: string }
  /** A mirror was brought along; without refs, it holds everything again that it should. */
  | { readonly event: 'mirrored'; readonly remote: string; readonly refs: readonly string[] }
  | { readonly event: 'mirror-failed'; readonly remote: string; readonly text: string }
  | { readonly event: 'warning'; readonly text: string }
  /** What others cannot be told, or tell. */
  | { readonly event: 'remote'; readonly failure: Failure }
  /** What a watch tells beside what its ticks do. */
  | { readonly event: 'watching'; readonly project: string; readonly path: string; readonly pid: number }
  /** Nothing can be done until it is mended. */
  | { readonly event: 'trouble'; readonly failure: Failure }
  | { readonly event: 'mended' }
  /** A run could not be begun, or broke off; it is tried again. */
  | { readonly event: 'stopped'; readonly order: string; readonly failure: Failure }
  | { readonly event: 'pause'; readonly pause: Pause | null }
  | { readonly event: 'reloaded' }
  | { readonly event: 'draining'; readonly orders: readonly string[]; readonly graceMs: number }
  | { readonly event: 'drained'; readonly handedBack: readonly string[] };

export type Report = (progress: Progress) => void;
