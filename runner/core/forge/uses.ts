import { strictest } from '../delivery.js';
import type { Policy, Project } from '../../generated/types.js';

/** What the project's files ask of a forge. */
export interface ForgeUses {
  /** Requests of the vault are pull requests into the ops branch. */
  readonly requests: boolean;
  /** Results are pull requests into their target. */
  readonly results: boolean;
  /** The integration branch is kept open as a pull request. */
  readonly rolling: boolean;
  /** Issues with one of these labels are orders; null: none is. */
  readonly labels: readonly string[] | null;
  /** What is looked for in signals; null: nothing. */
  readonly signals: SignalUses | null;
}

/** Which signals are orders. */
export interface SignalUses {
  readonly branch: boolean;
  readonly checks: boolean;
  readonly reviews: boolean;
  readonly conflicts: boolean;
}

export function forgeUses({ integrate, issues, signals = {} }: Project, { verify, tiers = {} }: Policy): ForgeUses {
  const ways = (['low', 'medium', 'high'] as const).map((tier) =>
    strictest(integrate?.via ?? 'branch', tiers[tier]?.integrate ?? 'merge'),
  );
  const uses = {
    branch: isOn(signals['default-branch']),
    checks: isOn(signals.checks),
    reviews: isOn(signals.reviews),
    conflicts: isOn(signals.conflicts),
  };
  return {
    requests: verify === 'forge',
    results: ways.includes('pull-request'),
    rolling: integrate?.rolling === true,
    labels: issues === undefined ? null : Object.keys(issues.labels),
    signals: Object.values(uses).some(Boolean) ? uses : null,
  };
}

const isOn = (formula: string | undefined): boolean => formula !== undefined && formula !== 'off';

export const usesForge = (uses: ForgeUses): boolean => Object.values(uses).some(Boolean);
