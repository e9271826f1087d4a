import { tokensOf } from './agents/usage.js';
import type { Usage } from '../generated/types.js';

/** A run that ended: how long it took, in milliseconds, and what its agents used. */
export interface PastRun {
  readonly tookMs: number;
  readonly used: Usage;
}

/** What a run of some formula comes to, each by the middle one of those that ended. */
export interface TypicalRun {
  readonly ms: number;
  readonly tokens: number;
  readonly costUsd: number;
}

/** None where no run is known. */
export function typicalRun(runs: readonly PastRun[]): TypicalRun | undefined {
  const middle = (of: (run: PastRun) => number): number =>
    runs.map(of).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0;
  if (runs.length === 0) return undefined;
  return {
    ms: middle(({ tookMs }) => tookMs),
    tokens: middle(({ used }) => tokensOf(used)),
    costUsd: middle(({ used }) => used.costUsd),
  };
}
