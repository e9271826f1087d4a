import { forgeUses, usesForge } from '../core/forge/uses.js';
import { confirmed, seenInside, type Enforcement, type SeenInside } from '../core/enforcement.js';
import { ISOLATION, type Isolation } from '../core/isolation.js';
import { examine, type Finding, type HealthFacts } from '../core/health.js';
import { isRemoteName } from '../core/mirrors.js';
import { ok, type Failure, type Result } from '../core/failure.js';
import { stuckFor } from '../core/stuck.js';
import { programsOf } from '../core/programs.js';
import { sandboxLimits } from '../core/step-limits.js';
import type { CommitId, Instant, RunId } from '../core/ids.js';
import type { Connection, Repo } from './connection.js';
import { commitSource } from './desired.js';
import { driverOf, readOps } from './observe.js';
import type { DriverName } from './ports/sandbox.js';
import type { Tools } from './tools.js';
import { validateAll } from './validate.js';
import { liveWatch } from './watch.js';
import { readWorld, type World } from './world.js';

/** What a driver enforces on this machine, or why it does nothing here. */
export interface DriverReport {
  readonly driver: DriverName;
  readonly isolation: Isolation;
  readonly enforces: Enforcement | null;
  readonly failure: Failure | null;
}

export interface Examined {
  readonly findings: readonly Finding[];
  readonly drivers: readonly DriverReport[];
}

/** Looks at everything that work depends on. `connection` is the project, or why there is none. */
export async function examineAll(
  repo: Repo,
  connection: Result<Connection>,
  nodeVersion: string,
  now: Instant,
): Promise<Examined> {
  const tools = connection.ok ? connection.value.tools : null;
  const branch = connection.ok ? connection.value.branch : null;
  const world = tools === null || branch === null ? null : await readWorld(tools, branch);
  const [gitVersion, locks, freeBytes, lastTickAt] = await Promise.all([
    repo.examination.gitVersion(),
    repo.examination.locks(),
    repo.machine.freeBytes(),
    repo.machine.lastTick(),
  ]);
  const refs = [...(branch === null ? [] : [`refs/heads/${branch}`]), ...(tools === null ? [] : [tools.ops.ref])];
  const [ops, sandbox, remote, newestCommitAt, problems] = await Promise.all([
    connection.ok ? opsFacts(repo, connection.value) : null,
    tools !== null && world?.ok === true ? sandboxFacts(tools, world.value) : null,
    world?.ok === true ? remoteFacts(repo, world.value) : null,
    refs.length === 0 ? null : repo.examination.newestCommit(refs),
    world?.ok === true ? countProblems(repo, world.value) : 0,
  ]);
  const used = sandbox?.driver?.name ?? null;
  const drivers = await driverReports(repo, used, sandbox?.seen ?? null);
  const own = drivers.find(({ driver }) => driver === used);
  const mark = tools === null ? null : await liveWatch(repo, tools.processes);
  const watch = mark === null ? null : { pid: mark.claimant.pid, since: mark.since };
  const project = connection.ok ? (world === null || world.ok ? null : world.failure) : connection.failure;
  const facts: HealthFacts = {
    now,
    nodeVersion,
    gitVersion,
    project,
    problems,
    ops,
    triggers: connection.ok ? await triggerFacts(connection.value) : null,
    approvals: world?.ok === true ? approvalFacts(repo, world.value) : null,
    remote,
    mirrors: world?.ok === true ? await mirrorFacts(repo, world.value) : [],
    driver: sandbox?.driver ?? null,
    enforcement: own === undefined || own.isolation === 'none' ? null : own.enforces,
    missingPrograms: sandbox?.missingPrograms ?? null,
    secrets: tools !== null && world?.ok === true ? secretFacts(tools, world.value) : [],
    models: tools !== null && world?.ok === true ? await modelFacts(tools, world.value) : [],
    forge: tools !== null && world?.ok === true ? await forgeFact(tools, world.value) : null,
    newestCommitAt,
    freeBytes,
    locks,
    lastTickAt,
    watch,
  };
  return { findings: examine(facts), drivers };
}

/** What every driver enforces here; `seen` is what a step of the project's own driver saw of itself. */
async function driverReports(
  repo: Repo,
  own: DriverName | null,
  seen: SeenInside | null,
): Promise<readonly DriverReport[]> {
  const names = Object.keys(ISOLATION) as DriverName[];
  return Promise.all(
    names.map(async (name) => {
      const found = await (await repo.driver(name)).enforcement();
      const enforces = found.ok ? confirmed(found.value, name === own ? seen : null) : null;
      return { driver: name, isolation: ISOLATION[name], enforces, failure: found.ok ? null : found.failure };
    }),
  );
}

function secretFacts({ secrets: store }: Tools, { desired: { project, policy } }: World): HealthFacts['secrets'] {
  const [sources, grants] = [
    new Map(Object.entries(project.secrets ?? {})),
    new Map(Object.entries(policy.secrets ?? {})),
  ];
  return [...new Set([...grants.keys(), ...sources.keys()])].sort().map((name) => {
    const source = sources.get(name);
    return {
      name,
      missing: store.missing(name, source),
      command: source?.command?.[0] ?? null,
      isGranted: grants.has(name),
    };
  });
}

const modelFacts = ({ models }: Tools, { desired: { project } }: World): Promise<HealthFacts['models']> =>
  Promise.all(
    Object.entries(project.models ?? {})
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(async ([name, spec]) => {
        const found = await (await models.open(name, spec)).abilities();
        return { name, spec, found: found.ok ? found.value : found.failure };
      }),
  );

async function forgeFact({ forge }: Tools, { desired: { project, policy } }: World): Promise<HealthFacts['forge']> {
  if (forge === null) return null;
  const uses = forgeUses(project, policy);
  const found = await forge.access();
  return {
    where: forge.where,
    isNeeded: usesForge(uses),
    isWitness: uses.requests,
    found: found.ok ? found.value : found.failure,
  };
}

function approvalFacts({ examination }: Repo, { desired }: World): HealthFacts['approvals'] {
  const { verify = 'signature', approvers = [] } = desired.policy;
  const signers = approvers.filter(({ keys = [] }) => keys.length > 0).length;
  const { kind = 'none' } = desired.project.forge ?? {};
  const hasRemote = (desired.project.ops?.remote ?? 'none') !== 'none';
  const logins = approvers.filter((approver) => approver.logins?.[kind] !== undefined).length;
  const forge = kind === 'none' ? null : { kind, logins, hasRemote };
  return { verify, approvers: approvers.length, signers, forge, canCheck: examination.hasProgram('ssh-keygen') };
}

async function countProblems({ repository, reading }: Repo, { base }: World): Promise<number> {
  const { problems } = await validateAll(commitSource(repository, base), reading, () => Promise.resolve([]));
  return problems.length;
}

async function opsFacts({ examination }: Repo, { tools, project }: Connection): Promise<HealthFacts['ops']> {
  const branch = project.ops?.branch ?? 'ops';
  const worktree = project.ops?.worktree ?? 'ops';
  const view = await readOps(tools);
  if (!view.ok) return null;
  const { tip, live, pause } = view.value;
  const idleOrders = live.filter(
    (order) =>
      order.state === 'queue' ||
      (order.state === 'active' && tools.processes.alive(order.record.run.claimant) === false),
  ).length;
  const [tree, unwritable, movedAt] = await Promise.all([
    examination.opsTree(branch, worktree, tip),
    examination.unwritable(),
    examination.newestCommit([tools.ops.ref]),
  ]);
  const now = tools.clock.now();
  const stuck = live.flatMap((order) => (stuckFor(order, now) === null ? [] : [order.record.id]));
  return { branch, worktree, tree, unwritable, movedAt, pause, idleOrders, stuck };
}

async function triggerFacts({ tools, project }: Connection): Promise<HealthFacts['triggers']> {
  const view = await readOps(tools);
  const declared = project.triggers ?? [];
  if (!view.ok || declared.length === 0) return null;
  const suspended = declared.filter(({ id }) => view.value.triggers.get(id)?.suspended !== undefined);
  return { declared: declared.length, suspended: suspended.map(({ id }) => id) };
}

/** What is remembered of the mirrors: nothing is asked of them. */
async function mirrorFacts({ examination, machine }: Repo, { desired }: World): Promise<HealthFacts['mirrors']> {
  const { mirrors = [] } = desired.project;
  if (mirrors.length === 0) return [];
  const [names, notes] = [await examination.remoteNames(), await machine.mirrorNotes()];
  return mirrors.map(({ remote }) => ({
    remote,
    isKnown: !isRemoteName(remote) || names.includes(remote),
    note: notes.get(remote) ?? null,
  }));
}

async function remoteFacts({ examination, machine }: Repo, { base, desired }: World): Promise<HealthFacts['remote']> {
  const wanted = desired.project.ops?.remote ?? 'none';
  const required = wanted !== 'none';
  const name = required ? wanted : 'origin';
  if (!(await examination.remoteNames()).includes(name))
    return required ? { name, required, problem: 'there is no remote of that name', failing: null } : null;
  const { failing = null } = (required ? await machine.remoteHealth() : null) ?? {};
  const why = failing?.failure.class === 'remote-unavailable' ? failing.failure.why : (failing?.failure.class ?? '');
  return {
    name,
    required,
    problem: await examination.remoteProblem(name, base),
    failing: failing === null ? null : { since: failing.since, why },
  };
}

interface SandboxFacts {
  readonly driver: NonNullable<HealthFacts['driver']> & { readonly name: DriverName };
  readonly missingPrograms: HealthFacts['missingPrograms'];
  readonly seen: SeenInside | null;
}

async function sandboxFacts(tools: Tools, { base, desired }: World): Promise<SandboxFacts> {
  const name = driverOf(desired);
  const image = name === 'docker' ? (desired.project.sandbox?.image ?? null) : null;
  const used = await tools.sandbox(name);
  const failure = await used.unavailable(image ?? undefined);
  const known = used.warning === null ? {} : { warning: used.warning };
  // The next run that needs it has it built.
  const isToBuild = failure?.class === 'image-missing' && desired.builds.has(failure.image);
  const driver = isToBuild ? { name, image: null, failure: null, ...known } : { name, image, failure, ...known };
  if (failure !== null) return { driver, missingPrograms: null, seen: null };
  const looked = await lookInside(tools, desired, base);
  return looked.ok
    ? { driver, ...looked.value }
    : { driver: { ...driver, failure: looked.failure }, missingPrograms: null, seen: null };
}

/** Names go in by a variable and never into the script, as everything that comes from a file. */
const LOOK =
  'cat /proc/self/status; echo ---; for name in $PUSHPALS_PROGRAMS; do command -v "$name" >/dev/null 2>&1 || echo "$name"; done';
const LOOK_MS = 30_000;

/** Opens a sandbox as a step would have it, on a tree of the base, and asks it for its rights and for the programs of the project's commands. */
async function lookInside(
  tools: Tools,
  { project, policy }: World['desired'],
  base: CommitId,
): Promise<Result<Omit<SandboxFacts, 'driver'>>> {
  const scripts = Object.values(project.commands ?? {}).map((command) =>
    typeof command === 'string' ? command : command.run,
  );
  const programs = [...new Set(scripts.flatMap(programsOf))];
  const driver = await tools.sandbox(driverOf({ project }));
  const run = `doctor-${String(tools.processes.self().pid)}` as RunId;
  const workspace = await tools.workspaces.acquire(run, base, driver.owner);
  if (!workspace.ok) return workspace;
  try {
    const { inDir, outDir } = await tools.runFiles.prepare(run, 'look', {}, driver.owner);
    const opened = await driver.open({
      run,
      key: 'look',
      repositoryId: tools.repositoryId(),
      workspace: workspace.value,
      inDir,
      outDir,
      image: project.sandbox?.image,
      // Where steps may have lists of hosts, whether one can be held is a part of it.
      network: Array.isArray(policy.network?.allow) && driver.name !== 'host' ? { hosts: [], private: [] } : 'none',
      limits: sandboxLimits(project),
    });
    if (!opened.ok) return opened;
    const chunks: Uint8Array[] = [];
    try {
      const end = await opened.value.exec({
        script: LOOK,
        env: { PUSHPALS_PROGRAMS: programs.join(' ') },
        timeoutMs: LOOK_MS,
        signal: new AbortController().signal,
        onOutput: (chunk) => chunks.push(chunk),
      });
      if (!end.ok) return end;
    } finally {
      await opened.value.close();
    }
    const [status = '', missing = ''] = Buffer.concat(chunks).toString('utf8').split('\n---\n');
    const printed = new Set(missing.split('\n'));
    return ok({ missingPrograms: programs.filter((name) => printed.has(name)), seen: seenInside(status) });
  } finally {
    await tools.workspaces.release(workspace.value);
    await tools.runFiles.remove(run);
  }
}
