import type { Cel } from '../core/cel.js';
import type {
  Clock,
  DriverName,
  Inbox,
  LocalState,
  OpsStore,
  Person,
  Processes,
  Repository,
  RunFiles,
  SandboxDriver,
  Workspaces,
} from './ports.js';
import type { BuiltIns, Formats } from './formats.js';
import type { Report } from './progress.js';

/** The ports of one repository, as `main.ts` hands them in. */
export interface Tools {
  readonly repository: Repository;
  readonly ops: OpsStore;
  readonly inbox: Inbox;
  readonly workspaces: Workspaces;
  readonly runFiles: RunFiles;
  readonly sandbox: (driver: DriverName) => Promise<SandboxDriver>;
  readonly formats: Formats;
  readonly builtIns: BuiltIns;
  readonly localState: LocalState;
  readonly clock: Clock;
  readonly processes: Processes;
  readonly cel: Cel;
  readonly sha256: (data: string | Uint8Array) => string;
  /** Tells this repository's containers from another's. */
  readonly repositoryId: string;
  /** Who works at this machine, for the `PushPals-Actor` trailer. */
  readonly operator: Person;
  readonly version: string;
  readonly report: Report;
  /** Writes to the ops branch are said and not made. */
  readonly dryRun: boolean;
}

export const RUNNER: Person = { name: 'PushPals runner', email: 'runner@pushpals.invalid' };
