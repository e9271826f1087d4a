import type { Policy, Project } from '../../generated/types.js';

/** What the project's files ask of a forge. */
export interface ForgeUses {
  /** Requests of the vault are pull requests into the ops branch. */
  readonly requests: boolean;
  /** Results are pull requests into their target. */
  readonly results: boolean;
}

export function forgeUses({ integrate }: Project, { verify, tiers = {} }: Policy): ForgeUses {
  const ways = [integrate?.via, ...Object.values(tiers).map((tier) => tier.integrate)];
  return { requests: verify === 'forge', results: ways.includes('pull-request') };
}

export const usesForge = (uses: ForgeUses): boolean => Object.values(uses).some(Boolean);
