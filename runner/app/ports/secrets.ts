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

/** A text that is looked through. */
export interface ScannedText {
  /** Some rules go by a file's name. */
  readonly path: string;
  readonly text: string;
  /** What stood there before: what is found in that as well is nothing new. */
  readonly before?: string;
}

/** Something that looks like a credential. */
export interface Suspicion {
  /** Which of the texts. */
  readonly index: number;
  /** Counted from 1. */
  readonly line: number;
  /** Where in the text it stands. */
  readonly start: number;
  readonly end: number;
  readonly rule: string;
}

/** Looks for credentials of any kind. Comments in the texts have no say in it. */
export interface SecretScanner {
  /** It will be needed soon. */
  prepare(): void;
  /** Null: it took too long, or broke; nobody knows what the texts hold. */
  scan(texts: readonly ScannedText[]): Promise<readonly Suspicion[] | null>;
  close(): Promise<void>;
}
