import type { Project } from '../../generated/types.js';
import type { Failure } from '../failure.js';

/** A model of the project's, as its server speaks of it; never its key's value. */
export interface ModelFact {
  readonly name: string;
  readonly spec: NonNullable<Project['models']>[string];
  readonly found:
    | Extract<Failure, { class: 'model-unavailable' }>
    | { readonly contextTokens: number; readonly callsTools: boolean; readonly contextIsGuessed?: true };
}

interface Verdict {
  readonly check: string;
  readonly state: 'ok' | 'warn';
  readonly found: string;
  readonly mend?: string;
}

/** What `doctor` says of each model. */
export const modelHealth = (facts: readonly ModelFact[]): readonly Verdict[] => facts.map(verdict);

function verdict({ name, spec, found }: ModelFact): Verdict {
  const check = `model ${name}`;
  if ('class' in found) return { check, state: 'warn', found: found.why, mend: found.mend };
  const { calls = 'auto', keyEnv, price } = spec;
  const isNative = calls === 'native' || (calls === 'auto' && found.callsTools);
  const facts = [
    `${spec.model} by ${spec.provider}`,
    `${String(found.contextTokens)} tokens fit${found.contextIsGuessed === true ? ' (a guess)' : ''}`,
    isNative ? 'native tool calls' : 'tool calls as text',
    ...(keyEnv === undefined ? [] : [`key in ${keyEnv}`]),
    price === undefined ? 'no price' : `$${String(price.input)} and $${String(price.output)} a million tokens`,
  ].join(', ');
  const own = `models.${name} of pushpals.yml`;
  const warn = (why: string, mend: string): Verdict => ({ check, state: 'warn', found: `${facts}; ${why}`, mend });
  if (calls === 'native' && !found.callsTools)
    return warn('the server says that it knows no tool calls', `Set \`calls: auto\` in ${own}.`);
  if (found.contextIsGuessed === true) return warn('the server does not say', `Set \`context\` in ${own}.`);
  if (keyEnv !== undefined && price === undefined)
    return warn('what it costs is in no budget', `Set \`price: { input: …, output: … }\` in ${own}.`);
  return { check, state: 'ok', found: facts };
}
