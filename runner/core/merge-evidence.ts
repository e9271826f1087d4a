import type { OrderRecord } from '../generated/types.js';

/** A conflict that was resolved by a rule, where `of` was merged onto a commit. */
export interface ResolvedIn {
  readonly path: string;
  /** `recorded`: as people resolved the same conflict before (`git rerere`). `union`: both sides, as the target's `.gitattributes` say. */
  readonly by: 'recorded' | 'union';
  /** The branch. */
  readonly of: string;
  readonly onto: string;
}

/** What is known of a merge when it is over. */
export interface MergeFacts {
  readonly record: Required<Pick<OrderRecord, 'id' | 'run' | 'shipped'>>;
  readonly outcome: string;
  /** Where the target is, where it holds the result. */
  readonly tip: string | null;
  /** The orders whose results went in together, in their order. */
  readonly merged: readonly string[];
  /** The files in which it conflicts with the target, and the order that brings the two together; null where it does not. */
  readonly conflict: { readonly paths: readonly string[]; readonly resolver: string | null } | null;
  /** On the way, in merges that were tried as well. */
  readonly resolved: readonly ResolvedIn[];
  readonly checks: readonly {
    readonly order: string;
    readonly step: string;
    readonly commit: string;
    readonly passed: boolean;
    readonly exitCode: number | null;
  }[];
  readonly at: string;
}

/** The machine's record of a merge: what was tried on which commit, and what came of it. */
export function mergeEvidence({ record, outcome, tip, merged, conflict, resolved, checks, at }: MergeFacts): string {
  const { id, run, shipped } = record;
  const told = {
    order: id,
    run: run.id,
    outcome,
    at,
    shipped,
    target: run.integration?.target ?? null,
    batch: run.integration?.batch ?? [],
    tip,
    merged,
    conflict,
    resolved,
    checks,
  };
  return `${JSON.stringify(told, null, 2)}\n`;
}
