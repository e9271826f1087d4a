import type { Usage } from '../../generated/types.js';

export const NO_USAGE: Usage = { turns: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };

export const plus = (one: Usage, other: Usage): Usage => ({
  turns: one.turns + other.turns,
  inputTokens: one.inputTokens + other.inputTokens,
  outputTokens: one.outputTokens + other.outputTokens,
  costUsd: one.costUsd + other.costUsd,
});

/** What was used between two looks at a count that only grows. */
export const minus = (one: Usage, before: Usage): Usage => ({
  turns: one.turns - before.turns,
  inputTokens: one.inputTokens - before.inputTokens,
  outputTokens: one.outputTokens - before.outputTokens,
  costUsd: one.costUsd - before.costUsd,
});

export const tokensOf = ({ inputTokens, outputTokens }: Usage): number => inputTokens + outputTokens;

/** What reading and writing cost, in US dollars. Prices are of a million tokens. */
export const costOf = (
  tokens: Pick<Usage, 'inputTokens' | 'outputTokens'>,
  price: { readonly input: number; readonly output: number } | undefined,
): number =>
  price === undefined ? 0 : (tokens.inputTokens * price.input + tokens.outputTokens * price.output) / 1_000_000;
