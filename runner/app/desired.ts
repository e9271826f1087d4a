import type { Agent, Formula, Policy, Project } from '../generated/types.js';
import { agentsOf, workersOf, checkAgent, modelsOf } from '../core/agents/agent.js';
import { withAgents } from '../core/agents/effective.js';
import { STEP_VARIABLES, POLICY_VARIABLES, type Cel } from '../core/cel.js';
import { fail, ok, type Failure, type Problem, type Result } from '../core/failure.js';
import type { Fault } from '../core/fault.js';
import { REPORTING } from '../core/command.js';
import { checkFormula, type FormulaContext } from '../core/formula.js';
import type { CommitId } from '../core/ids.js';
import { withBuildRule, type ImageBuild } from '../core/image-build.js';
import type { LoadedFormula } from '../core/observed.js';
import { checkPolicy } from '../core/policy-check.js';
import { secretFaults } from '../core/secrets/check.js';
import { isYaml, nameOf } from '../core/yaml-files.js';
import { reachFaults } from '../core/reach.js';
import { formulaFacts, type FormulaFacts } from '../core/formula-facts.js';
import { checkProject } from '../core/project.js';
import type { TreeFile } from './ports/repository.js';
import type { BuiltIns, Formats, Located, Source, SourceFile } from './ports/formats.js';

export const PROJECT_FILE = 'pushpals.yml';
export const POLICY_FILE = 'policy/policy.yml';

export interface Reading {
  readonly formats: Formats;
  readonly builtIns: BuiltIns;
  readonly cel: Cel;
  readonly sha256: (data: string | Uint8Array) => string;
}

/** What should run, as one commit (or one folder) has it. Formulas are read when they are asked for. */
export interface Desired {
  /** The images that the project builds, by name: its own, and those of steps whose formulas were asked for. None where no commit says from what. */
  readonly builds: ReadonlyMap<string, ImageBuild>;
  readonly project: Project;
  readonly policy: Policy;
  /** SHA-256 of the policy's file; of nothing where there is none. */
  readonly policyDigest: string;
  readonly formulaNames: readonly string[];
  readonly agentNames: readonly string[];
  /** `undefined`: there is no formula of that name. */
  readonly formula: (name: string) => Promise<Result<LoadedFormula> | undefined>;
  /** What a decision wants to know of a formula, though it may call commands that the project lacks; `undefined` where it cannot be read at all. */
  readonly formulaFacts: (name: string) => Promise<FormulaFacts | undefined>;
  /** Whether every step of a formula that can be read gets what it and its agent ask to reach; fails with the places where one does not. */
  readonly formulaReach: (name: string) => Promise<Result<Formula> | undefined>;
  /** The formulas whose agents have a capability: the project's own ones first, then by name. Ones that cannot be read have none. */
  readonly capable: (capability: string) => Promise<readonly string[]>;
  readonly agent: (name: string) => Promise<Result<Agent> | undefined>;
  /** The place that a formula or agent comes from. */
  readonly origin: (folder: 'formulas' | 'agents', name: string) => string | undefined;
}

export function commitSource(
  reader: {
    files(commit: CommitId, folders: readonly string[]): Promise<readonly TreeFile[]>;
    blobs(ids: readonly TreeFile['blob'][]): Promise<ReadonlyMap<TreeFile['blob'], Uint8Array | null>>;
  },
  commit: CommitId,
): Source {
  const asSource = ({ path, blob }: TreeFile): SourceFile => ({
    path,
    read: async () => (await reader.blobs([blob])).get(blob) ?? new Uint8Array(),
  });
  const isFile = ({ mode }: TreeFile): boolean => mode === '100644' || mode === '100755';
  return {
    file: async (path) => {
      const found = (await reader.files(commit, [path])).find((file) => file.path === path && isFile(file));
      return found === undefined ? null : asSource(found);
    },
    folder: async (folder) =>
      (await reader.files(commit, [folder])).filter((file) => isYaml(file.path, folder) && isFile(file)).map(asSource),
  };
}

/** Reads the project and its policy, and lists its formulas and agents. Fails with every problem of the first file that has any. */
export async function readDesired(source: Source, reading: Reading): Promise<Result<Desired>> {
  const projectFile = await source.file(PROJECT_FILE);
  if (projectFile === null) {
    return fail({
      class: 'config-invalid',
      problems: [
        {
          file: PROJECT_FILE,
          line: 1,
          column: 1,
          excerpt: '',
          message: 'there is no such file',
          hint: 'Run `pushpals init`, then commit what it wrote.',
        },
      ],
    });
  }
  const parsed = reading.formats.project(projectFile.path, await projectFile.read());
  const hasSchedule = parsed.ok && (parsed.value.value.triggers ?? []).some(({ cron }) => cron !== undefined);
  const checkCron = hasSchedule ? (await reading.formats.cron()).check : () => null;
  const project = checked(projectFile.path, parsed, (value) => checkProject(value, checkCron));
  if (!project.ok) return project;
  const policy = await readPolicy(source, reading, project.value);
  if (!policy.ok) return policy;

  const places = {
    formulas: await placesOf(source, reading.builtIns, 'formulas'),
    agents: await placesOf(source, reading.builtIns, 'agents'),
  };
  const parsedFormula = once(async (name) => {
    const file = places.formulas.get(name);
    if (file === undefined) return undefined;
    const bytes = await file.read();
    return { file, bytes, read: reading.formats.formula(file.path, bytes) };
  });
  const agentNames = [...places.agents.keys()].sort();
  const agentFile = once(async (name) => {
    const file = places.agents.get(name);
    if (file === undefined) return undefined;
    const bytes = await file.read();
    const agent = checked(file.path, reading.formats.agent(file.path, bytes), (agent) =>
      checkAgent(agent, nameOf(file.path), project.value),
    );
    return agent.ok ? ok({ agent: agent.value, digest: reading.sha256(bytes) }) : agent;
  });
  /** A formula with what its agents bring, as far as they are there; fails where one of them has errors. */
  const performedBy = async (written: Formula): Promise<Result<Performed>> => {
    const agents = new Map<string, Agent>();
    const digests: string[] = [];
    for (const name of agentsOf(written)) {
      const found = await agentFile(name);
      if (found === undefined) continue;
      if (!found.ok) return found;
      agents.set(name, found.value.agent);
      digests.push(found.value.digest, JSON.stringify(modelsOf(found.value.agent, project.value)));
    }
    return ok({ formula: withAgents(written, agents, project.value), agents, digests });
  };
  const own = Object.keys(project.value.commands ?? {});
  const commands = ['setup', ...own, ...(own.includes('test') ? [REPORTING] : [])];
  return ok({
    builds: new Map(),
    project: project.value,
    policy: withBuildRule(policy.value.policy, project.value),
    policyDigest: policy.value.digest,
    formulaNames: [...places.formulas.keys()].sort(),
    agentNames,
    origin: (folder, name) => places[folder].get(name)?.path,
    formula: once(async (name) => {
      const parsed = await parsedFormula(name);
      if (parsed === undefined) return undefined;
      const { file, bytes, read } = parsed;
      const context = { commands, agents: agentNames, sandbox: project.value.sandbox };
      const written = checkedFormula(file.path, read, context, reading.cel);
      if (!written.ok) return written;
      const performed = await performedBy(written.value);
      if (!performed.ok) return performed;
      const { formula, agents, digests } = performed.value;
      const clashes = checked(file.path, read, () => joinedFaults(written.value, formula));
      if (!clashes.ok) return clashes;
      const checkInputs = await inputChecker(formula, reading.formats);
      const own = reading.sha256(bytes);
      const digest = digests.length === 0 ? own : reading.sha256([own, ...digests].join('\n'));
      return ok({ formula, digest, agents, checkInputs });
    }),
    formulaFacts: async (name) => {
      const parsed = await parsedFormula(name);
      if (parsed?.read.ok !== true) return undefined;
      const performed = await performedBy(parsed.read.value.value);
      return performed.ok ? formulaFacts(performed.value.formula) : undefined;
    },
    formulaReach: async (name) => {
      const parsed = await parsedFormula(name);
      if (parsed === undefined) return undefined;
      if (!parsed.read.ok) return parsed.read;
      const performed = await performedBy(parsed.read.value.value);
      if (!performed.ok) return performed;
      return checked(parsed.file.path, parsed.read, () =>
        reachFaults(performed.value.formula, project.value, policy.value.policy),
      );
    },
    capable: once(async (capability) => {
      const able: string[] = [];
      for (const [name, { path }] of places.formulas) {
        const parsed = await parsedFormula(name);
        if (parsed?.read.ok !== true) continue;
        const agents = await Promise.all(workersOf(parsed.read.value.value).map(agentFile));
        const has = agents.some((found) => found?.ok === true && found.value.agent.capabilities?.includes(capability));
        if (has) able.push(`${path.startsWith('formulas/') ? '0' : '1'}${name}`);
      }
      return able.sort().map((sortable) => sortable.slice(1));
    }),
    agent: async (name) => {
      const found = await agentFile(name);
      return found?.ok === true ? ok(found.value.agent) : found;
    },
  });
}

interface Performed {
  readonly formula: Formula;
  readonly agents: ReadonlyMap<string, Agent>;
  /** Of the agents' files and models. */
  readonly digests: readonly string[];
}

/** Where what an agent brings gets into the way of what a step has. */
const joinedFaults = (written: Formula, { steps }: Formula): Fault[] =>
  steps.flatMap((step, index) =>
    step === written.steps[index]
      ? []
      : secretFaults(step, `step \`${step.id}\`, with what its agent brings,`, ['steps', index]),
  );

async function readPolicy(
  source: Source,
  { formats, cel, sha256 }: Reading,
  project: Project,
): Promise<Result<{ policy: Policy; digest: string }>> {
  const file = await source.file(POLICY_FILE);
  // Without a policy nothing is known to be safe: everything is high.
  if (file === null) return ok({ policy: { version: 1, default: 'high' }, digest: sha256('') });
  const bytes = await file.read();
  const policy = checked(file.path, formats.policy(file.path, bytes), (value) =>
    checkPolicy(value, (expression) => cel.check(expression, POLICY_VARIABLES), project),
  );
  return policy.ok ? ok({ policy: policy.value, digest: sha256(bytes) }) : policy;
}

/** Several questions are asked of one formula; it is read for the first. */
function once<T>(read: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (name) => {
    const found = known.get(name) ?? read(name);
    known.set(name, found);
    // What went wrong is asked again; whoever called hears of it.
    found.catch(() => known.delete(name));
    return found;
  };
}

function checkedFormula(
  path: string,
  read: Result<Located<Formula>>,
  names: Pick<FormulaContext, 'commands' | 'agents' | 'sandbox'>,
  cel: Reading['cel'],
): Result<Formula> {
  return checked(path, read, (formula) =>
    checkFormula(formula, nameOf(path), { ...names, checkCel: (expression) => cel.check(expression, STEP_VARIABLES) }),
  );
}

/** A project's file of the same name takes the place of one that comes with the program. */
async function placesOf(
  source: Source,
  builtIns: BuiltIns,
  folder: 'formulas' | 'agents',
): Promise<ReadonlyMap<string, SourceFile>> {
  const shipped = await builtIns.files(folder);
  const own = await source.folder(folder);
  return new Map([
    ...shipped.map(({ name, file, bytes }): [string, SourceFile] => [
      name,
      { path: file, read: () => Promise.resolve(bytes) },
    ]),
    ...own.map((file): [string, SourceFile] => [nameOf(file.path), file]),
  ]);
}

/** Joins what the schema says with what only the meaning shows, at the places in the file. */
export function checked<T>(file: string, read: Result<Located<T>>, check: (value: T) => readonly Fault[]): Result<T> {
  if (!read.ok) return read;
  const problems = check(read.value.value).map(({ path, message, hint }): Problem => ({
    file,
    ...read.value.positionOf(path),
    message,
    ...(hint === undefined ? {} : { hint }),
  }));
  const failure: Failure = { class: 'config-invalid', problems };
  return problems.length === 0 ? ok(read.value.value) : fail(failure);
}

/** Checks an order's inputs by a formula's; compiled once, and only where a formula has inputs. */
async function inputChecker(formula: Formula, formats: Formats): Promise<LoadedFormula['checkInputs']> {
  const properties = formula.inputs ?? {};
  if (Object.keys(properties).length === 0) {
    return (inputs) => Object.keys(inputs).map((name) => `${name}: the formula ${formula.formula} takes no inputs`);
  }
  const required = Object.entries(properties)
    .filter(([, schema]) => !('default' in schema))
    .map(([name]) => name);
  const schema = { type: 'object', properties, required, additionalProperties: false };
  const check = await formats.valueChecker(schema);
  return (inputs) => check(inputs);
}

/** An order's inputs with the formula's defaults filled in. */
export function inputsOf(
  formula: Formula,
  given: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> {
  const defaults = Object.entries(formula.inputs ?? {}).flatMap(([name, schema]) =>
    'default' in schema ? [[name, schema['default']]] : [],
  );
  return { ...(Object.fromEntries(defaults) as Record<string, unknown>), ...given };
}
