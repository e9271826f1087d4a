import type { Cel } from '../core/cel.js';
import type { CacheStore } from './ports/caches.js';
import type { Clock, LocalState, Machine, Processes } from './ports/machine.js';
import type { Inbox, OpsStore, Person } from './ports/ops.js';
import type { Forge } from './ports/forge.js';
import type { SeenOnForge } from '../core/forge/seen.js';
import type { Mirrors } from './ports/mirrors.js';
import type { Models } from './ports/models.js';
import type { Repository } from './ports/repository.js';
import type { RunFiles } from './ports/run-files.js';
import type { DriverName, SandboxDriver } from './ports/sandbox.js';
import type { Workspaces } from './ports/workspaces.js';
import type { BuiltIns, Formats } from './ports/formats.js';
import type { TestReports } from './ports/test-reports.js';
import type { Report } from './ports/progress.js';
import type { SecretScanner, SecretStore } from './ports/secrets.js';
import type { Checkouts } from './ports/checkouts.js';
import type { Sharing } from './ports/remote.js';
import type { AuditHistory } from './ports/audit.js';
import type { VaultHistory } from './ports/vault.js';

/** The ports of one repository, as `main.ts` hands them in. */
export interface Tools {
  readonly repository: Repository;
  /** What ties several runners together; null for a runner on its own. */
  readonly sharing: Sharing | null;
  readonly mirrors: Mirrors;
  readonly checkouts: Checkouts;
  readonly ops: OpsStore;
  readonly inbox: Inbox;
  readonly vault: VaultHistory;
  readonly audit: AuditHistory;
  readonly workspaces: Workspaces;
  readonly runFiles: RunFiles;
  readonly caches: CacheStore;
  readonly sandbox: (driver: DriverName) => Promise<SandboxDriver>;
  readonly models: Models;
  /** Null: plain git. */
  readonly forge: Forge | null;
  readonly secrets: SecretStore;
  readonly scanner: SecretScanner;
  readonly testReports: TestReports;
  readonly formats: Formats;
  readonly builtIns: BuiltIns;
  readonly localState: LocalState;
  readonly machine: Machine;
  readonly clock: Clock;
  readonly processes: Processes;
  /** Whether this process is at work on an order; it has handed back what it claimed otherwise. Absent where nothing is run. */
  readonly isUnderway?: (order: string) => boolean;
  /** What was just seen of the forge; absent where it was not looked at. */
  readonly seen?: SeenOnForge;
  readonly cel: Cel;
  readonly sha256: (data: string | Uint8Array) => string;
  /** Tells this clone's sandboxes from those of others. The first to ask has it kept, so only who runs or clears away something asks. */
  readonly repositoryId: () => string;
  /** What sandboxes that an older version left are told by. */
  readonly formerRepositoryId: string;
  /** Who works at this machine, for the `PushPals-Actor` trailer. */
  readonly operator: Person;
  readonly version: string;
  readonly report: Report;
  /** Writes to the ops branch are said and not made. */
  readonly dryRun: boolean;
}

/** The short name of the ops branch. */
export const opsBranch = ({ ref }: Pick<OpsStore, 'ref'>): string => ref.slice('refs/heads/'.length);

export const RUNNER: Person = { name: 'PushPals runner', email: 'runner@pushpals.invalid' };
