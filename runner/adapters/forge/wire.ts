import type { Forge } from '../../app/ports/forge.js';
import type { Clock } from '../../app/ports/machine.js';
import type { Result } from '../../core/failure.js';
import type { Answers } from './answers.js';

type Method = Exclude<keyof Forge, 'kind' | 'where'>;
type Brought<R> = R extends Promise<Result<infer T, infer _>> ? Promise<T> : never;

/** One forge's API: what the port asks, where what goes wrong is thrown as a `ForgeFault`, bare or as the cause of what a client made of it. */
export type ForgeWire = { readonly [M in Method]: (...asked: Parameters<Forge[M]>) => Brought<ReturnType<Forge[M]>> };

/** The part of it that is about pull requests; each forge has its own way of telling and labelling. */
export type PullWire = Pick<
  ForgeWire,
  'openPulls' | 'pull' | 'pullOf' | 'openPull' | 'updatePull' | 'closePull' | 'mergePull' | 'enableAutoMerge'
>;
export type Merged = NonNullable<Parameters<Forge['pullOf']>[1]>;
export type TalkWire = Pick<ForgeWire, 'putComment' | 'setLabels'>;

/** What a wire is made from. */
export interface Wired {
  /** As `owner/name`. */
  readonly repo: string;
  /** Where the forge is, as in a browser, without a slash at its end. */
  readonly baseUrl: string;
  readonly token: string;
  readonly answers: Answers;
  readonly clock: Clock;
  /** Is told of what a list has that cannot be read, by its address. */
  readonly leftOut: (url: string) => void;
}
