import type { DriverName } from '../../runner/app/ports/sandbox.js';
import type { Opened, SpecMore } from '../contracts/sandbox-rig.js';
import type { Target } from './target.js';

/** Why a driver is not held to an attack: it succeeds there, or there is nothing to attack. */
export type Exception = { readonly succeeds: string } | { readonly notApplicable: string };

interface Told {
  /** What the attacker does, as the table says it: “commits a link to /etc/passwd”. */
  readonly title: string;
  /** Who the attacker is, how they go about it, what must happen, and where the attack was seen before. */
  readonly story: string;
  /** Drivers that are not held to it. Where it succeeds, that is tried as well. */
  readonly except?: Partial<Readonly<Record<DriverName, Exception>>>;
}

/**
 * One attack, the only export of its file; the folder says which of the twelve points of SECURITY.md it is aimed at. `attempt` makes the attack and
 * throws (an assertion of uvu) if it succeeds. `by` is who attacks: a script inside one sandbox, something that works on a whole
 * project through the built program (a step, an order, a branch), or somebody whom no sandbox concerns, who is tried once.
 */
export type Attack = Told &
  (
    | {
        readonly by: 'script';
        readonly sandbox?: SpecMore;
        readonly attempt: (opened: Opened) => Promise<void>;
      }
    | { readonly by: 'project'; readonly attempt: (target: Target) => Promise<void> }
    | { readonly by: 'anybody'; readonly attempt: () => Promise<void> }
  );

/** Drivers that isolate nothing are tried too: the table says of each attack whether it succeeds there. */
export const DRIVERS: readonly DriverName[] = ['docker', 'bubblewrap', 'host'];
