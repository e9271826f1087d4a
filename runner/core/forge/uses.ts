import { strictest } from '../delivery.js';
import type { Policy, Project } from '../../generated/types.js';

/** What the project's files ask of a forge. */
export interface ForgeUses {
  /** Requests of the vault are pull requests into the ops branch. */
  readonly requests: boolean;
  /** Results are pull requests into their target. */
  readonly results: boolean;
  /** Issues with one of these labels are orders; null: none is. */
  readonly labels: readonly string[] | null;
}

export function forgeUses({ integrate, issues }: Project, { verify, tiers = {} }: Policy): ForgeUses {
  const ways = (['low', 'medium', 'high'] as const).map((tier) =>
    strictest(integrate?.via ?? 'branch', tiers[tier]?.integrate ?? 'merge'),
  );
  return {
    requests: verify === 'forge',
    results: ways.includes('pull-request'),
    labels: issues === undefined ? null : Object.keys(issues.labels),
  };
}

export const usesForge = (uses: ForgeUses): boolean => Object.values(uses).some(Boolean);
