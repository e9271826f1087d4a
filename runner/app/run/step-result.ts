import type { ProposedLesson } from '../../generated/types.js';
import type { CommitId } from '../../core/ids.js';

/** What a step that ended well leaves behind. */
export interface StepResult {
  readonly snapshot: CommitId;
  readonly outputs?: unknown;
  readonly leftIgnored?: boolean;
  readonly lessons?: readonly ProposedLesson[];
}
