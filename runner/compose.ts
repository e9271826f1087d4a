/** Builds the adapters of one process and hands them in. Loaded by the commands that work on a repository; the others need none of it. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { builtInsIn } from './adapters/built-ins.js';
import { LocalCaches } from './adapters/caches.js';
import { systemClock } from './adapters/clock.js';
import { folderSource, inboxFolder } from './adapters/folder.js';
import { formats } from './adapters/formats.js';
import { FastImport } from './adapters/git/fast-import.js';
import { cloneId } from './adapters/git/clone-id.js';
import { GitCheckouts } from './adapters/git/checkouts.js';
import { gitAuditHistory } from './adapters/git/audit-history.js';
import { CatFile } from './adapters/git/object-reader.js';
import { openGit } from './adapters/git/open.js';
import { GitReadFailed } from './adapters/git/cat-file-answers.js';
import { GitOpsStore } from './adapters/git/ops-store.js';
import { RefSession } from './adapters/git/ref-session.js';
import { GitMirrors } from './adapters/git/mirrors.js';
import { GitRemote } from './adapters/git/remote.js';
import { GitRepository } from './adapters/git/repository.js';
import { anchors, gitSetup, operatorOf } from './adapters/git/setup.js';
import { gitExamination } from './adapters/git/examination.js';
import { gitVaultHistory } from './adapters/git/vault-history.js';
import { gitTakeDown } from './adapters/git/take-down.js';
import type { GitPlaces } from './adapters/git/places.js';
import { FolderInbox } from './adapters/inbox.js';
import { lazyCel } from './adapters/lazy-cel.js';
import { LocalStateFile } from './adapters/local-state.js';
import { localMachine } from './adapters/machine.js';
import { systemProcesses, type SystemProcesses } from './adapters/processes.js';
import { LocalRunFiles } from './adapters/run-files.js';
import { userServices } from './adapters/services.js';
import { ThreadScanner } from './adapters/secret-scan/scanner.js';
import { AnswerFiles } from './adapters/forge/answers.js';
import { openForge } from './adapters/forge/served-forge.js';
import { ServedModels } from './adapters/models/models.js';
import { MachineSecrets } from './adapters/machine-secrets.js';
import type { EngineAddress } from './adapters/sandbox/engine-address.js';
import { testReports } from './adapters/test-reports.js';
import { WatchMarkFiles } from './adapters/watch-marks.js';
import { PooledWorkspaces } from './adapters/workspace/workspaces.js';
import { findProject, type Connection, type Repo } from './app/connection.js';
import type { Person } from './app/ports/ops.js';
import { Publisher } from './app/publisher.js';
import type { DriverName, SandboxDriver } from './app/ports/sandbox.js';
import type { Owner } from './app/ports/workspaces.js';
import type { Report } from './app/ports/progress.js';
import type { Watcher } from './app/ports/watcher.js';
import type { Tools } from './app/tools.js';
import type { Cel } from './core/cel.js';
import { targetOf } from './core/delivery.js';
import { ok, type Failure, type Result } from './core/failure.js';
import { machineFailure } from './core/machine-failure.js';
import { triggerBranches } from './core/triggers/trigger.js';
import type { Project } from './generated/types.js';

const SETTLE_MS = 300;
/** An unprivileged user that no system account has: what steps run as when the runner itself is root. */
const UNPRIVILEGED: Owner = { uid: 61347, gid: 61347 };

/** The process that adapters are built for. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string>>;
  /** Where programs are looked for. */
  readonly searchPath: string;
  readonly self: Owner;
  readonly pid: number;
  /** The Node that runs this, and where the program's own files lie. */
  readonly nodePath: string;
  readonly programDir: string;
  readonly version: string;
}

export interface Composition {
  readonly openRepo: (directory: string) => Promise<Result<Repo>>;
  readonly connect: (repo: Repo, report: Report, dryRun: boolean) => Promise<Result<Connection>>;
  /** Opens the person's pager on a text; false where they want none, or it cannot be opened. */
  readonly page: (text: string) => Promise<boolean>;
  /** The failure that an error of the operating system or of git's means; null where it is a bug. */
  readonly failureOf: (error: unknown) => Failure | null;
  /** Waits for what opened repositories still write. */
  readonly close: () => Promise<void>;
}

interface Opened {
  readonly places: GitPlaces;
  readonly reader: CatFile;
  readonly writer: FastImport;
  readonly refs: RefSession;
  readonly operator: () => Promise<Person>;
}

export function composition({ env, searchPath, self, pid, nodePath, programDir, version }: Surroundings): Composition {
  const load = (file: string): unknown => createRequire(import.meta.url)(join(programDir, 'dist', file));
  const reading = {
    formats,
    builtIns: builtInsIn(programDir),
    cel: lazyCel(
      () => (load('cel-check.cjs') as Pick<Cel, 'check'>).check,
      () => (load('cel-evaluate.cjs') as Pick<Cel, 'evaluate'>).evaluate,
    ),
    sha256,
  };
  let made: SystemProcesses | null = null;
  const processes = (): SystemProcesses => (made ??= systemProcesses(pid, env['PUSHPALS_RUNNER'] || undefined));
  const opened = new Map<Repo, Opened>();
  const publishers = new Map<Repo, Publisher>();
  const stores = new Map<Repo, GitOpsStore>();
  const closing = new Set<Promise<void>>();

  async function openRepo(directory: string): Promise<Result<Repo>> {
    const places = await openGit(resolve(directory), searchPath, processes().self());
    if (!places.ok) return places;
    const reader = new CatFile(places.value);
    const writer = new FastImport(places.value);
    const refs = new RefSession(places.value);
    const operator = once(() => operatorOf(places.value, env));
    const repo: Repo = {
      top: places.value.top,
      repository: new GitRepository(places.value, reader, refs),
      formats,
      reading,
      anchors: once(() => anchors(places.value)),
      folder: folderSource(places.value.top),
      inboxFiles: () => inboxFolder(places.value.top),
      driver: sandboxDriver,
      takeDown: gitTakeDown(places.value),
      examination: gitExamination(places.value, env, () => Date.now()),
      machine: localMachine(places.value.stateDir),
      services: userServices(places.value.top, nodePath, join(programDir, 'dist', 'pushpals.js'), env),
      watchMarks: new WatchMarkFiles(places.value),
      repositoryId: once(() => sha256(cloneId(places.value)).slice(0, 16)),
      formerRepositoryId: sha256(places.value.projectDir).slice(0, 16),
      setup: gitSetup(places.value, reader, writer, systemClock, operator, programDir),
      readFile: (path, cwd) => readFile(resolve(cwd, path)),
      close: () => {
        opened.delete(repo);
        const [publisher, ops] = [publishers.get(repo), stores.get(repo)];
        const closed = close(publisher, ops, reader, refs, writer).finally(() => closing.delete(closed));
        publishers.delete(repo);
        stores.delete(repo);
        closing.add(closed);
      },
    };
    opened.set(repo, { places: places.value, reader, writer, refs, operator });
    return ok(repo);
  }

  async function connect(repo: Repo, report: Report, dryRun: boolean): Promise<Result<Connection>> {
    const parts = opened.get(repo);
    if (parts === undefined) throw new Error('a repository that was not opened here');
    const { places, reader, writer, refs, operator } = parts;
    const [person, names] = await Promise.all([operator(), repo.anchors()]);
    const found = await findProject(repo.repository, formats, names);
    if (!found.ok) return found;
    const { branch, project } = found.value;
    const worktree = join(places.top, project.ops?.worktree ?? 'ops');
    const remote = project.ops?.remote ?? 'none';
    const driver = project.sandbox?.driver ?? 'docker';
    const ops = new GitOpsStore(places, reader, writer, refs, project.ops?.branch ?? 'ops', worktree, processes());
    stores.set(repo, ops);
    const secrets = new MachineSecrets(env, searchPath, [places.top, places.projectDir, places.stateDir], self.uid);
    const own = {
      repository: repo.repository,
      ops,
      mirrors: new GitMirrors(places, remote === 'none' ? null : remote, env),
      checkouts: new GitCheckouts(places, refs, project.integrate?.['fast-forward'] ?? false),
      vault: gitVaultHistory(places, env),
      audit: gitAuditHistory(places),
      inbox: new FolderInbox(worktree, places.stateDir, reader, systemClock, () => Date.now(), SETTLE_MS),
      workspaces: new PooledWorkspaces(places, reader, writer, refs, driver, () => Date.now(), self),
      runFiles: new LocalRunFiles(places.stateDir, self),
      caches: new LocalCaches(places.stateDir, () => Date.now()),
      sandbox: sandboxDriver,
      scanner,
      models,
      secrets,
      forge: openForge(project.forge, {
        secrets,
        answers: new AnswerFiles(places, () => new Date()),
        clock: systemClock,
        tell: (text) => {
          report({ event: 'warning', text });
        },
      }),
      ...reading,
      localState: new LocalStateFile(places, version, worktree),
      testReports,
      machine: repo.machine,
      clock: systemClock,
      processes: processes(),
      repositoryId: repo.repositoryId,
      formerRepositoryId: repo.formerRepositoryId,
      operator: person,
      version,
      report,
      dryRun,
    };
    const publisher =
      remote === 'none' || dryRun
        ? null
        : new Publisher(
            own,
            new GitRemote(places, remote, ops.ref, branchesOf(branch, project), env),
            triggerBranches(project),
          );
    if (publisher !== null) publishers.set(repo, publisher);
    const tools: Tools = { ...own, sharing: publisher };
    return ok({ ...repo, tools, branch, project, watcher: lazyWatcher(places.top, places.projectDir, worktree) });
  }

  const scanner = new ThreadScanner(join(programDir, 'dist', 'secret-scan.cjs'));
  const models = new ServedModels(env, systemClock);
  const drivers = new Map<DriverName, Promise<SandboxDriver>>();

  function sandboxDriver(name: DriverName): Promise<SandboxDriver> {
    const known = drivers.get(name) ?? makeDriver(name);
    drivers.set(name, known);
    return known;
  }

  async function makeDriver(name: DriverName): Promise<SandboxDriver> {
    switch (name) {
      case 'docker': {
        const { DockerDriver } = await import('./adapters/sandbox/docker.js');
        return new DockerDriver(self.uid === 0 ? UNPRIVILEGED : self, engineAddress(env), searchPath);
      }
      case 'bubblewrap': {
        const { BubblewrapDriver } = await import('./adapters/sandbox/bubblewrap.js');
        return new BubblewrapDriver(self.uid === 0 ? UNPRIVILEGED : self, searchPath, toolchains(), randomUUID, self);
      }
      case 'host': {
        const { HostDriver } = await import('./adapters/sandbox/host.js');
        return new HostDriver(self, searchPath, env['HOME'] ?? '/', randomUUID);
      }
    }
  }

  /** Where this Node lies, if that is not a place that a sandbox shows anyway: steps of a Node project need one. */
  function toolchains(): readonly string[] {
    const prefix = dirname(dirname(nodePath));
    return prefix.startsWith('/usr') || !existsSync(join(prefix, 'bin')) ? [] : [prefix];
  }

  return {
    openRepo,
    connect,
    failureOf: (error) => machineFailure(error) ?? gitFailure(error),
    page: async (text) => {
      const { page, pagerCommand } = await import('./adapters/pager.js');
      const command = pagerCommand(env, process.cwd());
      return command === null ? false : page(text, command, env);
    },
    close: async () => {
      await scanner.close();
      await Promise.all(closing);
    },
  };
}

/** The branches that runners look at together: the project's, and the one that results are merged into. */
const branchesOf = (branch: string, project: Project): readonly string[] =>
  [...new Set([branch, targetOf(project), project.integrate?.from ?? branch])].map((name) => `refs/heads/${name}`);

/** Shares what still waits and brings the people's work tree along, then lets go of git: who still reads would start it again. */
async function close(
  publisher: Publisher | undefined,
  ops: GitOpsStore | undefined,
  reader: CatFile,
  refs: RefSession,
  writer: FastImport,
): Promise<void> {
  await publisher?.flush();
  await ops?.followed();
  reader.close();
  refs.close();
  await writer.close();
}

/** Where the engine is, as docker's own client is told. */
const engineAddress = (env: Readonly<Record<string, string>>): EngineAddress => ({
  host: env['DOCKER_HOST'],
  verify: (env['DOCKER_TLS_VERIFY'] ?? '') !== '',
  certPath: env['DOCKER_CERT_PATH'] ?? join(env['HOME'] ?? '/', '.docker'),
});

/** Loads the watcher when there is something to watch. */
function lazyWatcher(top: string, projectDir: string, worktree: string): Watcher {
  return {
    start: (changed, failed) => {
      const started = import('./adapters/watcher.js').then(({ FolderWatcher, staySmall }) => {
        staySmall();
        return new FolderWatcher(top, projectDir, worktree).start(changed, failed);
      });
      return async () => (await started)();
    },
  };
}

/** Asks when it is first wanted, and remembers the answer. */
function once<T extends object | string>(ask: () => T): () => T {
  let answer: T | undefined;
  return () => (answer ??= ask());
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

const gitFailure = (error: unknown): Failure | null =>
  error instanceof GitReadFailed
    ? { class: 'git-failed', command: 'read objects', exitCode: null, stderr: error.message }
    : null;
