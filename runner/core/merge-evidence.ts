import type { OrderRecord } from '../generated/types.js';

/** What is known of a merge when it is over. */
export interface MergeFacts {
  readonly record: Required<Pick<OrderRecord, 'id' | 'run' | 'shipped'>>;
  readonly outcome: string;
  /** Where the target is, where it holds the result. */
  readonly tip: string | null;
  /** The orders whose results went in together, in their order. */
  readonly merged: readonly string[];
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
export function mergeEvidence({ record, outcome, tip, merged, checks, at }: MergeFacts): string {
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
    checks,
  };
  return `${JSON.stringify(told, null, 2)}\n`;
}
