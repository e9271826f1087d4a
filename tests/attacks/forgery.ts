import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { GONE, type Vault } from '../cli/vault-rig.js';

// What somebody can do who may push to the ops branch and to any other but the project’s, and is no approver.

export const AT = '2026-11-20T00:00:00.000Z';
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** What of a record the tests put lies into. */
interface Run {
  base: string;
  request?: string;
  merge?: unknown;
  claimant: unknown;
  steps: Record<string, { state: string; snapshot?: string; outputs?: unknown }>;
}
export const runOf = (record: Record<string, unknown>): Run => record['run'] as Run;
export const snapshots = (run: Run, commit: string): void => {
  for (const step of Object.values(run.steps)) if (step.snapshot !== undefined) step.snapshot = commit;
};
export const approve = async (vault: Vault, id: string): Promise<string> => {
  await vault.as('ada');
  const { stderr } = await vault.pushpals(['vault', 'approve', id, '--yes']);
  await vault.as('olga');
  return stderr;
};
export const shipped = (vault: Vault): Promise<string> => vault.git('branch', '--list', 'pushpals/*');
export const lines = (file: string): number =>
  existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;

export const forgedActive = (
  name: string,
  base: string,
  run: Record<string, unknown> = {},
): Record<string, unknown> => ({
  id: 'x',
  order: { goal: 'x', formula: name },
  formula: name,
  dedupe: 'x',
  attempts: 1,
  accepted: { at: AT, from: 'inbox/x.yml', digest: '', actor: 'x <x@example.org>' },
  run: {
    ...{ id: 'x-1', attempt: 1, claimedAt: new Date().toISOString(), claimant: GONE, leaseUntil: AT, formula: name },
    ...{ formulaDigest: 'x', base, driver: 'host', steps: {}, ...run },
  },
});
