import type { Formula, Step } from '../generated/types.js';
import { withoutCiMarks } from './ci-marks.js';
import type { Fault } from './fault.js';
import type { Statuses } from './graph.js';
import { nearest } from './nearest.js';
import { fillTemplate, marksIn, plainText, shorten } from './template.js';

type Ship = NonNullable<Step['ship']>;

const OUTPUT_MARK = /^steps\.([a-z][a-z0-9-]*)\.outputs\.([A-Za-z][A-Za-z0-9_-]*)$/;
const TITLE_LENGTH = 100;
/** What one value may take up of a commit message: outputs are hostile, and may be a megabyte. */
const VALUE_LENGTH = 4000;

/** Marks in texts of a step that name nothing, or an output that its step's own schema does not have. */
export function markFaults(
  formula: Formula,
  texts: Readonly<Record<string, string | undefined>>,
  path: Fault['path'],
): Fault[] {
  const names = namesIn(formula);
  return Object.entries(texts).flatMap(([key, text]) =>
    marksIn(text ?? '').flatMap((name): Fault[] => {
      if (names.includes(name) || isOpenOutput(formula, name)) return [];
      const near = nearest(name, names);
      const hint = near === null ? `The names are ${names.join(', ')}.` : `Did you mean \`${near}\`?`;
      return [{ path: [...path, key], message: `nothing is called \`${name}\` here`, hint }];
    }),
  );
}

function namesIn(formula: Formula): readonly string[] {
  return [
    'order.goal',
    'order.id',
    'order.outside',
    ...Object.keys(formula.inputs ?? {}).map((name) => `inputs.${name}`),
    ...formula.steps.flatMap(outputNames),
  ];
}

/** What a `revert` step says of what it took back. */
const REVERTED = ['order', 'commit', 'title'] as const;

/** The outputs that a step's schema names. A matrix has many values of each, so none that a line of text could show. */
function outputNames(step: Step): readonly string[] {
  if (step.task !== undefined) return [`steps.${step.id}.outputs.answer`];
  if (step.revert !== undefined) return REVERTED.map((name) => `steps.${step.id}.outputs.${name}`);
  const properties = step.outputs?.['properties'];
  if (!hasOutputs(step) || typeof properties !== 'object' || properties === null) return [];
  return Object.keys(properties).map((name) => `steps.${step.id}.outputs.${name}`);
}

const hasOutputs = (step: Step): boolean =>
  (step.run !== undefined || step.agent !== undefined) && step.matrix === undefined;

/** Whether a mark names an output of a step that does not say what it writes. */
function isOpenOutput({ steps }: Formula, name: string): boolean {
  const step = steps.find(({ id }) => id === OUTPUT_MARK.exec(name)?.[1]);
  return step !== undefined && hasOutputs(step) && step.outputs?.['properties'] === undefined;
}

/** The values of a run that the marks of its steps' texts may name. */
export interface ShipFacts {
  readonly id: string;
  readonly goal: string;
  /** Where it was said, by somebody outside. */
  readonly outside?: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly statuses: Statuses;
}

/**
 * A `ship` step's title (one line) and body. All that is filled in is untrusted, so it becomes plain text on the line where its mark
 * stands. An output that is not there is empty.
 */
export function shipText(ship: Ship, facts: ShipFacts): { readonly title: string; readonly body: string } {
  const title = ship.title ?? '{{ order.goal }}';
  const body = ship.body ?? '';
  const values = valuesFor([...marksIn(title), ...marksIn(body)], facts);
  return {
    // A commit without a subject has no line in a log.
    title: shorten(fillTemplate(title, values).trim() || withoutCiMarks(plainText(facts.goal)), TITLE_LENGTH),
    body: filled(body, values),
  };
}

/** What a `task` asks of a person, with what the steps before it came to. */
export const taskText = (task: string, facts: ShipFacts): string => filled(task, valuesFor(marksIn(task), facts));

const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text
    .split('\n')
    .map((line) => fillTemplate(line, values))
    .join('\n')
    .trim();

const valuesFor = (names: readonly string[], facts: ShipFacts): Readonly<Record<string, string>> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = valueOf(name, facts);
      return value === undefined ? [] : [[name, shorten(withoutCiMarks(plainText(textOf(value))), VALUE_LENGTH)]];
    }),
  );

/** `undefined`: the mark names nothing. */
function valueOf(name: string, { id, goal, outside = '', inputs, statuses }: ShipFacts): unknown {
  if (name === 'order.id') return id;
  if (name === 'order.goal') return goal;
  if (name === 'order.outside') return outside;
  const input = /^inputs\.(.+)$/.exec(name)?.[1];
  if (input !== undefined) return Object.hasOwn(inputs, input) ? inputs[input] : undefined;
  const [, step = '', output = ''] = OUTPUT_MARK.exec(name) ?? [];
  if (step === '') return undefined;
  const status = Object.hasOwn(statuses, step) ? statuses[step] : undefined;
  const outputs = status?.state === 'succeeded' ? status.outputs : undefined;
  if (typeof outputs !== 'object' || outputs === null || !Object.hasOwn(outputs, output)) return '';
  return (outputs as Readonly<Record<string, unknown>>)[output];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
