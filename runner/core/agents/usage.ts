import type { OrderRecord, Usage } from '../../generated/types.js';

export const NO_USAGE: Usage = { turns: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };

/** Nothing was used. Tokens can be without a turn: of one that failed before it came to anything. */
export const isNothing = ({ turns, inputTokens, outputTokens, costUsd }: Usage): boolean =>
  turns + inputTokens + outputTokens + costUsd === 0;

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

/** The greater of two counts of the same, of which either may be the older one. */
export const most = (one: Usage, other: Usage): Usage => ({
  turns: Math.max(one.turns, other.turns),
  inputTokens: Math.max(one.inputTokens, other.inputTokens),
  outputTokens: Math.max(one.outputTokens, other.outputTokens),
  costUsd: Math.max(one.costUsd, other.costUsd),
});

/** Whether a value that was read from somewhere is a count of what was used. */
export const isUsage = (value: unknown): value is Usage =>
  typeof value === 'object' &&
  value !== null &&
  (Object.keys(NO_USAGE) as (keyof Usage)[]).every((what) => {
    const count = (value as Partial<Record<keyof Usage, unknown>>)[what];
    return typeof count === 'number' && Number.isFinite(count) && count >= 0;
  });

/** What the run of a record used: what its order has used by now, but for what it had used before. Never less than nothing, whatever the record says. */
export function usedByRun({ spent = NO_USAGE, run }: Pick<OrderRecord, 'spent' | 'run'>): Usage {
  const before = run?.usedBefore ?? NO_USAGE;
  const less = (what: keyof Usage): number => Math.max(0, spent[what] - before[what]);
  return {
    turns: less('turns'),
    inputTokens: less('inputTokens'),
    outputTokens: less('outputTokens'),
    costUsd: less('costUsd'),
  };
}

/** `12 turns, 34567 tokens, $0.04`; without dollars where it cost none. */
export const usageText = (usage: Usage): string =>
  [
    `${String(usage.turns)} ${usage.turns === 1 ? 'turn' : 'turns'}`,
    `${String(tokensOf(usage))} tokens`,
    ...(usage.costUsd === 0 ? [] : [`$${usage.costUsd.toFixed(2)}`]),
  ].join(', ');

export const tokensOf = ({ inputTokens, outputTokens }: Usage): number => inputTokens + outputTokens;

/** What reading and writing cost, in US dollars. Prices are of a million tokens. */
export const costOf = (
  tokens: Pick<Usage, 'inputTokens' | 'outputTokens'>,
  price: { readonly input: number; readonly output: number } | undefined,
): number =>
  price === undefined ? 0 : (tokens.inputTokens * price.input + tokens.outputTokens * price.output) / 1_000_000;
