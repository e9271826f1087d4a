/** Secrets: where this machine has their values, and what looks like one. */
import type { Failure, Result } from '../../core/failure.js';
import type { Project } from '../../generated/types.js';

/** Where the value is, as `pushpals.yml` says it; undefined: the variable of the runner's environment that goes by its name. */
export type SecretSource = NonNullable<Project['secrets']>[string] | undefined;
export type SecretMissing = Extract<Failure, { class: 'secret-missing' }>;

/** The values of this machine. No failure ever holds one, nor what a command printed. */
export interface SecretStore {
  /** Why it cannot be handed over, as far as that can be told without running anything; null if nothing is known against it. */
  missing(name: string, source: SecretSource): SecretMissing | null;
  /** The value, usable and maskable. */
  read(name: string, source: SecretSource): Promise<Result<string, SecretMissing>>;
}
