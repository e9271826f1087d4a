import type { Formula, Project, Scope, Step } from '../generated/types.js';
import { hostFaults } from './egress.js';
import { cacheFaults } from './caches.js';
import type { Fault } from './fault.js';
import { STEP_KINDS, type StepKind } from './graph.js';
import { inputFaults } from './formula-inputs.js';
import { stepBuildFaults } from './image-build.js';
import { isolationFaults } from './isolation.js';
import { cycles, reachable } from './needs.js';
import { UNASSIGNED } from './order.js';
import { suggestion } from './nearest.js';
import { limitFaults } from './step-limits.js';
import { secretFaults } from './secrets/check.js';
import { reviewFaults } from './review/check.js';
import { markFaults } from './ship-text.js';
import { uselessKeys } from './useless-keys.js';

export interface FormulaContext {
  /** Keys of the project's `commands`. */
  readonly commands: readonly string[];
  readonly agents: readonly string[];
  /** The project's `sandbox`, which a formula can only narrow. */
  readonly sandbox: Project['sandbox'];
  /** What is wrong with a CEL expression; null if nothing is. */
  readonly checkCel: (expression: string) => string | null;
}

/** More nodes than this from one step are a mistake, and would be paid for in containers. */
const MAX_COMBINATIONS = 256;

/**
 * What is wrong with a formula of the right shape. `fileName` is its file's name without folder and ending. No faults: `graphOf`
 * gives a graph without cycles, in which every node has one kind.
 */
export function checkFormula(formula: Formula, fileName: string, context: FormulaContext): Fault[] {
  const faults: Fault[] = [];
  if (formula.formula !== fileName) {
    faults.push({
      path: ['formula'],
      message: `the file is named \`${fileName}\`, the formula \`${formula.formula}\``,
      hint: 'Give both the same name.',
    });
  }
  if (formula.agent !== undefined) faults.push(...agentFaults(formula.agent, ['agent'], context));
  const wrongBase = formula.base === undefined ? null : context.checkCel(formula.base.merge);
  if (wrongBase !== null)
    faults.push({ path: ['base', 'merge'], message: `not a CEL expression that can be evaluated: ${wrongBase}` });
  if (formula.formula === UNASSIGNED) {
    faults.push({
      path: ['formula'],
      message: `\`${UNASSIGNED}\` stands for no formula: an order of that name waits for a person`,
      hint: 'Give it another name.',
    });
  }
  faults.push(...inputFaults(formula.inputs ?? {}));
  formula.steps.forEach((step, index) => faults.push(...stepFaults(formula, step, ['steps', index], context)));
  faults.push(
    ...limitFaults(formula, context.sandbox),
    ...isolationFaults(formula, context.sandbox),
    ...cacheFaults(formula, context.sandbox),
    ...stepBuildFaults(formula, context.sandbox),
  );
  faults.push(
    ...idFaults(formula.steps),
    ...needFaults(formula.steps),
    ...shipFaults(formula.steps),
    ...reviewFaults(formula),
    ...awaitFaults(formula.steps),
    ...conflictFaults(formula),
    ...provenFaults(formula.steps),
  );
  return faults;
}

function stepFaults(formula: Formula, step: Step, path: Fault['path'], context: FormulaContext): Fault[] {
  const kinds = kindsOf(step);
  const faults: Fault[] = [];
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    const found = kind === undefined ? 'none' : kinds.join(' and ');
    faults.push({
      path: kind === undefined ? path : [...path, kinds[1] ?? kind],
      message: `step \`${step.id}\` must have exactly one of ${STEP_KINDS.join(', ')}; it has ${found}`,
      ...(kind === undefined ? {} : { hint: 'Make it two steps, the second with `needs`.' }),
    });
  }
  for (const name of ['run', 'check', 'diagnose'] as const) {
    const command = step[name];
    if (typeof command !== 'object' || command.otherwise !== undefined) continue;
    if (context.commands.includes(command.command)) continue;
    faults.push({
      path: [...path, name, 'command'],
      message: `pushpals.yml has no command \`${command.command}\``,
      hint: suggestion(command.command, context.commands, 'commands'),
    });
  }
  for (const name of ['when', 'orders', 'runs', 'revert'] as const) {
    const expression = step[name];
    const wrong = expression === undefined ? null : context.checkCel(expression);
    if (wrong !== null)
      faults.push({ path: [...path, name], message: `not a CEL expression that can be evaluated: ${wrong}` });
  }
  for (const key of ['by', 'if-agent'] as const) {
    const name = step[key];
    if (name !== undefined) faults.push(...agentFaults(name, [...path, key], context));
  }
  if (step.agent !== undefined && formula.agent === undefined && step.by === undefined) {
    faults.push({
      path: [...path, 'agent'],
      message: `step \`${step.id}\` needs an agent, and the formula names none`,
      hint: 'Add `agent: NAME` to the formula, or `by: NAME` to the step.',
    });
  }
  faults.push(...hostFaults(step.network, [...path, 'network']));
  if (step.ship !== undefined)
    faults.push(...markFaults(formula, { title: step.ship.title, body: step.ship.body }, [...path, 'ship']));
  if (step.task !== undefined) faults.push(...markFaults(formula, { task: step.task }, path));
  faults.push(...secretFaults(step, `step \`${step.id}\``, path));
  if (kinds.length === 1 && kind !== undefined) faults.push(...uselessKeys(step, kind, path));
  const combinations = Object.values(step.matrix ?? {}).reduce((product, values) => product * values.length, 1);
  if (combinations > MAX_COMBINATIONS) {
    faults.push({
      path: [...path, 'matrix'],
      message: `${String(combinations)} combinations; at most ${String(MAX_COMBINATIONS)} are allowed`,
    });
  }
  return faults;
}

const agentFaults = (name: string, path: Fault['path'], { agents }: FormulaContext): readonly Fault[] =>
  agents.includes(name)
    ? []
    : [{ path, message: `there is no agent \`${name}\``, hint: suggestion(name, agents, 'agents') }];

const kindsOf = (step: Step): readonly StepKind[] => STEP_KINDS.filter((kind) => step[kind] !== undefined);

/** Files in conflict are those of a merge. */
function conflictFaults({ base, scope, steps }: Formula): Fault[] {
  if (base !== undefined) return [];
  const places: (readonly [Scope | undefined, Fault['path']])[] = [
    [scope, []],
    ...steps.map((step, index) => [step.scope, ['steps', index]] as const),
  ];
  return places.flatMap(([scope, path]) =>
    scope?.conflicts === true
      ? [
          {
            path: [...path, 'scope', 'conflicts'],
            message: 'the formula starts from no merge, so no file conflicts',
            hint: 'Remove `conflicts`, or add `base: { merge: … }`.',
          },
        ]
      : [],
  );
}

function idFaults(steps: readonly Step[]): Fault[] {
  const first = new Map<string, number>();
  return steps.flatMap((step, index) => {
    const other = first.get(step.id);
    if (other === undefined) {
      first.set(step.id, index);
      return [];
    }
    return [
      {
        path: ['steps', index, 'id'],
        message: `another step is called \`${step.id}\` (the ${ordinal(other + 1)})`,
        hint: 'Give each step a name of its own.',
      },
    ];
  });
}

function needFaults(steps: readonly Step[]): Fault[] {
  const ids = steps.map(({ id }) => id);
  const unknown = steps.flatMap((step, index) =>
    (step.needs ?? []).flatMap((need, at): Fault[] =>
      ids.includes(need)
        ? []
        : [
            {
              path: ['steps', index, 'needs', at],
              message: `there is no step \`${need}\``,
              hint: suggestion(
                need,
                ids.filter((id) => id !== step.id),
                'steps',
              ),
            },
          ],
    ),
  );
  const circles = cycles(steps).map((cycle): Fault => {
    const index = ids.indexOf(cycle[0] ?? '');
    return {
      path: ['steps', index, 'needs'],
      message: `these steps wait for each other: ${[...cycle, cycle[0]].join(' → ')}`,
      hint: 'Remove one of these `needs`.',
    };
  });
  return [...unknown, ...circles];
}

function shipFaults(steps: readonly Step[]): Fault[] {
  const [first, ...others] = steps.filter((step) => step.ship !== undefined);
  if (first === undefined) return [];
  const second = others.map((step): Fault => ({
    path: ['steps', steps.indexOf(step), 'ship'],
    message: `a formula ships once, and \`${first.id}\` does it`,
    hint: 'File orders for what is a piece of work of its own.',
  }));
  const before = reachable(steps);
  const late = steps.flatMap((step, index): Fault[] => {
    // What comes of a shipped result may still be ordered.
    if (step.ship !== undefined || step.orders !== undefined || before.get(step.id)?.has(first.id) !== true) return [];
    return [
      {
        path: ['steps', index, 'needs'],
        message: `step \`${step.id}\` runs after \`${first.id}\` has shipped, so it can neither stop nor change what ships`,
        hint: `Let \`${first.id}\` need it.`,
      },
    ];
  });
  return [...second, ...late];
}

/** What a run that waits for orders cannot hold: a result that has shipped already, and steps that are trusted with secrets for what came before. */
function awaitFaults(steps: readonly Step[]): Fault[] {
  const before = reachable(steps);
  const needs = (step: Step, other: Step): boolean => before.get(step.id)?.has(other.id) === true;
  return steps.flatMap((step, index): Fault[] => {
    if (step.orders === undefined || step.await !== true) return [];
    const faults: Fault[] = [];
    if (steps.some((other) => other.ship !== undefined && needs(step, other)))
      faults.push({
        path: ['steps', index, 'await'],
        message: `step \`${step.id}\` waits for orders after the result has shipped, which could not be undone if one failed`,
        hint: 'Let the `ship` step need it, or do not wait.',
      });
    return faults;
  });
}

/** Where a step gets secrets, what the record says of those before it is proved by doing them again; that files orders twice. */
function provenFaults(steps: readonly Step[]): Fault[] {
  return steps.flatMap((secret, index): Fault[] => {
    if (secret.secrets === undefined) return [];
    const filing = [...untilGate(steps, secret.id)].find(({ orders }) => orders !== undefined);
    if (filing === undefined) return [];
    return [
      {
        path: ['steps', index, 'secrets'],
        message: `step \`${secret.id}\` gets secrets after \`${filing.id}\`, whose orders cannot be filed a second time to prove what the record says`,
        hint: `Put an \`approve\` step on every way between the two.`,
      },
    ];
  });
}

/** The steps before one, on each way back as far as the nearest one that people decide. */
function untilGate(steps: readonly Step[], id: string, found = new Set<Step>()): ReadonlySet<Step> {
  for (const need of steps.find((step) => step.id === id)?.needs ?? []) {
    const step = steps.find((other) => other.id === need);
    if (step === undefined || found.has(step) || (step.approve ?? step.task) !== undefined) continue;
    found.add(step);
    untilGate(steps, step.id, found);
  }
  return found;
}

function ordinal(count: number): string {
  const ending =
    count % 10 === 1 && count % 100 !== 11
      ? 'st'
      : count % 10 === 2 && count % 100 !== 12
        ? 'nd'
        : count % 10 === 3 && count % 100 !== 13
          ? 'rd'
          : 'th';
  return `${String(count)}${ending}`;
}
