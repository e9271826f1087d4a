import { nearest } from '../nearest.js';
import type { Instant } from '../ids.js';
import { match, pattern, type Match, type NameKind, type Pattern } from './pattern.js';
import { RULES } from './rules.js';
import type { Topic } from './vocabulary.js';
import { spanOf, type Calendar, type Span } from './when.js';
import { wordsOf } from './words.js';

/** What there is to ask about. */
export interface Names {
  /** Orders that live or have ended. */
  readonly orders: ReadonlySet<string>;
  readonly triggers: ReadonlySet<string>;
}

/** What a question asks. */
export interface Asked {
  readonly topic: Topic;
  /** The order or trigger that it is about. */
  readonly name: string | null;
  /** Which of the order's runs is named; null where the last is meant. */
  readonly run: string | null;
  readonly when: Span | null;
}

/** What became of a text. */
export type Understood =
  | { readonly is: 'question'; readonly asked: Asked }
  /** It can mean several things. */
  | { readonly is: 'ambiguous'; readonly readings: readonly Asked[] }
  /** It asks about something that there is not; `near` are names that could be meant, if any. */
  | { readonly is: 'unknown'; readonly kind: NameKind; readonly name: string; readonly near: readonly string[] }
  /** No rule takes it for a question: it says what to do. */
  | { readonly is: 'order' };

const PATTERNS: readonly { readonly topic: Topic; readonly pattern: Pattern }[] = RULES.flatMap(({ topic, says }) =>
  says.map((text) => ({ topic, pattern: pattern(text) })),
);
const MOST_NEAR = 5;

/**
 * What a text asks, by the rules. A reading that names something there is goes before one whose name there is not; where several are left, all of them are
 * told.
 */
export function understand(text: string, { orders, triggers }: Names, now: Instant, calendar: Calendar): Understood {
  const words = wordsOf(text);
  if (words === null) return { is: 'order' };
  const isKnown = (kind: NameKind, word: string): boolean =>
    kind === 'trigger' ? triggers.has(word) : orderOf(word, orders) !== null;
  const vocabulary = { isKnown, isWhen: (when: readonly string[]) => spanOf(when, now, calendar) !== null };
  const matches = PATTERNS.flatMap(({ topic, pattern: wanted }) => {
    const found = match(wanted, words, vocabulary);
    return found === null ? [] : [{ topic, ...found }];
  });
  const sound = matches.filter(({ name }) => name === null || isKnown(name.kind, name.word));
  const readings = distinct(
    sound.map(({ topic, name, when }): Asked => {
      const order = name?.kind === 'order' ? orderOf(name.word, orders) : null;
      return {
        topic,
        name: order ?? name?.word ?? null,
        run: order === null || order === name?.word ? null : (name?.word ?? null),
        when: when.length === 0 ? null : spanOf(when, now, calendar),
      };
    }),
  );
  const [first] = readings;
  if (first !== undefined)
    return readings.length === 1 ? { is: 'question', asked: first } : { is: 'ambiguous', readings };
  return unknown(matches, orders, triggers);
}

/** The order that a word names, or whose run it names. */
function orderOf(word: string, orders: ReadonlySet<string>): string | null {
  if (orders.has(word)) return word;
  const order = /^(.+)-\d+$/.exec(word)?.[1];
  return order !== undefined && orders.has(order) ? order : null;
}

/** A question about what there is not: answered if a name is near or it was called an order, else it is none. */
function unknown(matches: readonly Match[], orders: ReadonlySet<string>, triggers: ReadonlySet<string>): Understood {
  const told = matches.flatMap(({ name }) => {
    if (name === null) return [];
    const near = nearNames(name.word, name.kind === 'trigger' ? triggers : orders);
    return near.length === 0 && !name.called && !/[a-z]-/.test(name.word) ? [] : [{ ...name, near }];
  });
  const best = told.find(({ near }) => near.length > 0) ?? told[0];
  return best === undefined ? { is: 'order' } : { is: 'unknown', kind: best.kind, name: best.word, near: best.near };
}

/** Names that hold the word between their dashes, or else the one that it may be misspelt for. */
function nearNames(word: string, names: ReadonlySet<string>): readonly string[] {
  const holds = [...names].filter((name) => `-${name}-`.includes(`-${word}-`)).sort();
  if (holds.length > 0) return holds.slice(0, MOST_NEAR);
  const near = word.length < 4 ? null : nearest(word, [...names]);
  return near === null ? [] : [near];
}

function distinct(readings: readonly Asked[]): readonly Asked[] {
  const seen = new Map(
    readings.map((reading) => [JSON.stringify([reading.topic, reading.name, reading.run]), reading]),
  );
  return [...seen.values()];
}
