import { ok, wholeFile, type Problem, type Result } from '../core/failure.js';
import type { FormulaFacts } from '../core/formula-facts.js';
import { formulaFor, SIGNALS } from '../core/forge/signals.js';
import { failedCases } from '../core/policy-test.js';
import { reachNotes } from '../core/reach.js';
import { secretRules } from '../core/secrets/grants.js';
import { checked, readDesired, type Desired, type Reading } from './desired.js';
import type { Source, SourceFile } from './ports/formats.js';
import { imageProblems } from './validate-images.js';
import { signalProblems } from './validate-signals.js';

export interface Validation {
  readonly problems: readonly Problem[];
  /** What is worth to know, though nothing is wrong. */
  readonly notes: readonly string[];
  /** The files that were looked at. */
  readonly files: readonly string[];
}

/** Every problem of every file that people write: project, policy, formulas, agents and what lies in the inbox. */
export async function validateAll(
  source: Source,
  reading: Reading,
  inboxFiles: () => Promise<readonly { readonly path: string; readonly bytes: Uint8Array }[]>,
): Promise<Validation> {
  const problems: Problem[] = [];
  const notes: string[] = [];
  const files: string[] = [];
  // What is wrong with an agent is wrong with each formula that it performs; it is told once.
  const tell = (found: readonly Problem[]): void => {
    problems.push(...found.filter((each) => !problems.some((known) => isSame(known, each))));
  };
  const note = (file: string, result: Result<unknown>): void => {
    files.push(file);
    if (!result.ok && 'problems' in result.failure) tell(result.failure.problems);
  };
  const desired = await readDesired(source, reading);
  note('pushpals.yml', desired);
  if (desired.ok) {
    const { formulaNames, agentNames, formula, formulaReach, agent, origin, policy } = desired.value;
    const labels = Object.entries(desired.value.project.issues?.labels ?? {});
    files.push('policy/policy.yml');
    // A formula that comes with the program may call commands that this project has no use for, until something names it.
    const named = new Set([
      desired.value.project.formula,
      ...(policy.routes ?? []).map((route) => route.formula),
      ...(desired.value.project.triggers ?? []).map(({ order }) => order.formula),
      ...labels.map(([, { formula: wanted }]) => wanted),
      ...SIGNALS.map((signal) => formulaFor(desired.value.project, signal)),
    ]);
    const places = formulaNames.flatMap((name) => {
      const place = origin('formulas', name) ?? name;
      return isOwn('formulas', name, place) || named.has(name) ? [{ name, place, read: formula }] : [];
    });
    // The same goes for agents: one that comes with the program is told of where a formula that counts is performed by it.
    const agents = agentNames.flatMap((name) => {
      const place = origin('agents', name) ?? name;
      return isOwn('agents', name, place) ? [{ name, place, read: agent }] : [];
    });
    // Files are read side by side, and told in order.
    const looked = [...places, ...agents].map(async ({ name, place, read }) => ({
      name,
      place,
      found: await read(name),
    }));
    for (const { name, place, found } of await Promise.all(looked)) {
      note(place, found ?? ok(null));
      const facts = places.some((each) => each.place === place) ? await desired.value.formulaFacts(name) : undefined;
      for (const { because } of secretRules(name, facts?.secrets ?? [], policy).denied)
        problems.push(wholeFile(place, because, 'Without it, orders of this formula wait.'));
    }
    for (const [secret, { formulas }] of Object.entries(policy.secrets ?? {}))
      for (const named of formulas.filter((each) => !formulaNames.includes(each)))
        problems.push(unknownFormula('policy/policy.yml', `secrets.${secret}`, named, formulaNames));
    for (const { name } of places) {
      // What cannot be read is told already.
      const [loaded, reach] = await Promise.all([formula(name), formulaReach(name)]);
      if (loaded?.ok === true && reach?.ok === false && 'problems' in reach.failure) tell(reach.failure.problems);
      if (loaded?.ok === true) notes.push(...reachNotes(loaded.value.formula, desired.value.project, policy));
    }
    for (const [index, { formula: named }] of (policy.routes ?? []).entries()) {
      if (!formulaNames.includes(named))
        problems.push(unknownFormula('policy/policy.yml', `routes[${String(index)}]`, named, formulaNames));
    }
    for (const [label, { formula: named }] of labels)
      if (named !== undefined && !formulaNames.includes(named))
        problems.push(unknownFormula('pushpals.yml', `the label \`${label}\` of \`issues\``, named, formulaNames));
    problems.push(...(await signalProblems(desired.value)));
    for (const { id, order } of desired.value.project.triggers ?? []) {
      if (!formulaNames.includes(order.formula))
        problems.push(unknownFormula('pushpals.yml', `trigger ${id}`, order.formula, formulaNames));
      const found = await formula(order.formula);
      const faults = found?.ok === true ? found.value.checkInputs(order.inputs ?? {}) : [];
      const hint = `The inputs of ${order.formula} are in its formula file.`;
      problems.push(...faults.map((fault) => wholeFile('pushpals.yml', `trigger ${id}: ${fault}`, hint)));
    }
  }
  if (desired.ok) {
    problems.push(...(await imageProblems(source, reading, desired.value)));
    for (const file of await source.folder('policy/tests'))
      note(file.path, await policyTest(file, desired.value, reading));
  }
  for (const { path, bytes } of await inboxFiles()) {
    const order = reading.formats.order(path, bytes);
    note(path, order);
    const named = order.ok ? order.value.formula : undefined;
    if (desired.ok && named !== undefined && !desired.value.formulaNames.includes(named)) {
      problems.push(unknownFormula(path, 'the order', named, desired.value.formulaNames));
    }
  }
  return { problems, notes, files };
}

/** Whether a file is the project's own, and none that comes with the program. */
const isOwn = (folder: 'formulas' | 'agents', name: string, place: string): boolean =>
  place === `${folder}/${name}.yml` || place === `${folder}/${name}.yaml`;

const isSame = (one: Problem, other: Problem): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Runs the tests of the policy. Fails where project or policy cannot be read. */
export async function testPolicy(
  source: Source,
  reading: Reading,
): Promise<Result<Omit<Validation, 'notes'> & { readonly cases: number }>> {
  const desired = await readDesired(source, reading);
  if (!desired.ok) return desired;
  const problems: Problem[] = [];
  const files: string[] = [];
  let cases = 0;
  for (const file of await source.folder('policy/tests')) {
    const tested = await policyTest(file, desired.value, reading);
    files.push(file.path);
    const read = reading.formats.policyTests(file.path, await file.read());
    if (read.ok) cases += read.value.value.cases.length;
    if (!tested.ok && 'problems' in tested.failure) problems.push(...tested.failure.problems);
  }
  return ok({ problems, files, cases });
}

/** Runs a file of policy tests; a case that decides otherwise is a problem at its place. */
async function policyTest(file: SourceFile, desired: Desired, { formats, cel }: Reading): Promise<Result<unknown>> {
  const read = formats.policyTests(file.path, await file.read());
  if (!read.ok) return read;
  const formulas = new Map<string, FormulaFacts>();
  for (const name of new Set(read.value.value.cases.flatMap(({ formula }) => formula ?? []))) {
    const facts = await desired.formulaFacts(name);
    if (facts !== undefined) formulas.set(name, facts);
  }
  return checked(file.path, read, (tests) => failedCases(tests, desired.policy, formulas, cel));
}

function unknownFormula(file: string, where: string, name: string, names: readonly string[]): Problem {
  return {
    file,
    line: 1,
    column: 1,
    excerpt: '',
    message: `${where} names the formula \`${name}\`, which does not exist`,
    hint: `There are: ${names.join(', ') || 'none'}.`,
  };
}
