/** Sandboxes that steps run in. Every driver passes the contract suite under `tests/contracts/`. */
import type { Granted } from '../../core/command.js';
import type { Asked } from '../../core/egress.js';
import type { RunId } from '../../core/ids.js';
import type { Enforcement } from '../../core/enforcement.js';
import type { Failure, Result } from '../../core/failure.js';
import type { Exceeded, StepLimits } from '../../core/step-limits.js';
import type { Owner, Workspace } from './workspaces.js';

export type DriverName = 'docker' | 'bubblewrap' | 'host';

export interface SandboxSpec {
  readonly run: RunId;
  /** Unique within the run; with the run it gives the sandbox its deterministic name. */
  readonly key: string;
  /** Labels what was started here, so that another clone's runner leaves it alone. */
  readonly repositoryId: string;
  readonly workspace: Workspace;
  /** Host folder mounted read-only at `paths.in`: `order.json`. */
  readonly inDir: string;
  /** Host folder mounted writable at `paths.out`. */
  readonly outDir: string;
  readonly image: string | undefined;
  /** Hosts: nothing but these, through the runner's own proxy. */
  readonly network: Granted;
  readonly limits: StepLimits;
}

/** A secret, for one command's processes and for nothing else. */
export interface HandedSecret {
  readonly name: string;
  readonly value: string;
  /** `env`: the variable `NAME` holds it. `file`: the variable `NAME_FILE` names a file that does. */
  readonly as: 'env' | 'file';
}

export interface ExecSpec {
  /** Handed to `/bin/sh` as a script, never pasted into another command. */
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  /** They reach the command by a pipe, and are in no argument, image, label or setting of the sandbox. */
  readonly secrets?: readonly HandedSecret[];
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly onOutput: (chunk: Uint8Array) => void;
  /** Told of each connection that the script asks for, where it is held to a list of hosts. */
  readonly onAsked?: (asked: Asked) => void;
  /** The script begins when this says true, by default at once; false: it never does, and counts as cancelled. What comes before may be made ready meanwhile. */
  readonly begin?: Promise<boolean>;
}

/** How a command ended. One shape for every end (as execa's results). */
export interface ExecEnd {
  readonly exitCode: number | null;
  readonly signal?: string;
  readonly timedOut: boolean;
  readonly cancelled: boolean;
  /** What it was ended for, or could have no more of and failed; null where that is not known. */
  readonly exceeded: Exceeded | null;
  readonly durationMs: number;
}

export interface Sandbox {
  /** The step's own view: where work tree, inputs and outputs are. */
  readonly paths: { readonly workspace: string; readonly in: string; readonly out: string };
  /** The image's digest, where the driver has images. */
  readonly imageDigest: string | null;
  /**
   * Runs a script to its end. When it resolves, every process that the script started is gone, daemons too, whatever
   * the end was; so the host may read the work tree.
   */
  exec(spec: ExecSpec): Promise<Result<ExecEnd>>;
  /** For the next command it is a new sandbox: files left outside of the work tree and `paths` are gone, where the driver isolates. */
  renew(): void;
  /** Ends everything and removes what was made. Idempotent. */
  close(): Promise<void>;
}

/** How much of an image has come, in bytes; `totalBytes` grows as more of its layers are known. */
export interface PullProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** A file that a Dockerfile can copy; a link's content is its target. */
export interface ContextEntry {
  readonly path: string;
  readonly kind: 'file' | 'program' | 'link';
  readonly content: Uint8Array;
}

export interface BuildSpec {
  readonly image: string;
  /** The text of it. */
  readonly dockerfile: string;
  readonly entries: readonly ContextEntry[];
  readonly network: 'none' | 'full';
  readonly memoryBytes: number;
  /** Images that it begins from may be got from their registries. */
  readonly mayPull: boolean;
  readonly repositoryId: string;
  /** Images that the project builds as well: they are not taken for old ones. */
  readonly wanted: readonly string[];
}

export interface ImageStore {
  /** Makes an image; ends when the signal aborts. Told of each line that it prints. `tail` is the last of them. */
  build(
    spec: BuildSpec,
    signal: AbortSignal,
    onLine: (line: string) => void,
  ): Promise<Result<null, { readonly why: string; readonly tail: string }>>;
  /** A name of the image that can only ever mean that one; null where it is not there, or nobody answers. */
  pinnedName(image: string): Promise<string | null>;
  /** Gets an image from its registry. Ends when the signal aborts, or when nothing has come for some minutes; `why` says in words what it came to. */
  pull(image: string, signal: AbortSignal, onProgress: (progress: PullProgress) => void): Promise<Result<null, string>>;
}

export interface SandboxDriver {
  readonly name: DriverName;
  /** What a person must be told each run, such as that nothing is isolated. */
  readonly warning: string | null;
  /** The uid and gid that commands run as. */
  readonly owner: Owner;
  /** What it enforces on this machine, by asking and trying; why nothing, where it is not available. */
  enforcement(): Promise<Result<Enforcement>>;
  /** Cheap; null when sandboxes can be opened now. `image` is looked for where the driver has images. */
  unavailable(
    image: string | undefined,
  ): Promise<Extract<Failure, { class: 'sandbox-unavailable' | 'image-missing' | 'config-invalid' }> | null>;
  /** The images that it runs steps in; absent where it has none. */
  readonly images?: ImageStore;
  open(spec: SandboxSpec): Promise<Result<Sandbox>>;
  /** Ends and removes what runs that are not alive left behind; lists first and asks after. Returns what was removed, in words: what cannot be now stays for the next time. */
  sweep(repositoryId: string, alive: () => Promise<ReadonlySet<RunId>>): Promise<readonly string[]>;
  /** The runs of which something is still there that may write to their folders, alive or not; null where nobody can tell. */
  remaining(repositoryId: string): Promise<ReadonlySet<RunId> | null>;
}
