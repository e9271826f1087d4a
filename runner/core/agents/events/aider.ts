import type { Usage } from '../../../generated/types.js';
import { NO_USAGE, plus } from '../usage.js';
import { countOf, dollarsOf, type AgentEvent, type EventReader } from './event.js';

const NUMBER = String.raw`(\d{1,9}(?:\.\d{1,9})?[kM]?)`;
const TOKENS = new RegExp(
  `^(?:> )?Tokens: ${NUMBER} sent,(?: ${NUMBER} cache write,)?(?: ${NUMBER} cache hit,)? ${NUMBER} received\\.`,
);
const COST = /\. Cost: \$(\d{1,9}(?:\.\d{1,9})?) message,/;
const TIMES = { k: 1_000, M: 1_000_000 } as const;

/** aider has no stream of events; after each answer it prints what that took, as in `Tokens: 12k sent, 1.1k received. Cost: $0.02 message, $0.05 session.` */
export class AiderEvents implements EventReader {
  #used: Usage = NO_USAGE;

  get used(): Usage {
    return this.#used;
  }

  read(line: string): readonly AgentEvent[] {
    const tokens = TOKENS.exec(line);
    if (tokens === null) return [];
    const [, sent, written, hit, received] = tokens;
    this.#used = plus(this.#used, {
      turns: 1,
      inputTokens: numberOf(sent) + numberOf(written) + numberOf(hit),
      outputTokens: numberOf(received),
      costUsd: dollarsOf(Number(COST.exec(line)?.[1] ?? 0)),
    });
    return [];
  }

  end(): readonly AgentEvent[] {
    return [];
  }
}

function numberOf(text = '0'): number {
  const unit = text.at(-1);
  const times = unit === 'k' || unit === 'M' ? TIMES[unit] : 1;
  return countOf(Math.round(Number(times === 1 ? text : text.slice(0, -1)) * times));
}
