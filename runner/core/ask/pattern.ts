import { CLASSES } from './vocabulary.js';

/** One place of a pattern. */
type Element =
  | { readonly is: 'word'; readonly words: ReadonlySet<string>; readonly optional: boolean }
  | { readonly is: 'name'; readonly kind: NameKind; readonly known: boolean; readonly optional: boolean }
  | { readonly is: 'when'; readonly optional: boolean };

export type NameKind = 'order' | 'trigger';
export type Pattern = readonly Element[];

/** What a pattern took a question for. */
export interface Match {
  /** The word where a pattern has a name, and whether `order` or `run` stood before it. */
  readonly name: { readonly word: string; readonly kind: NameKind; readonly called: boolean } | null;
  readonly when: readonly string[];
}

/** What the words of a question could be. */
export interface Vocabulary {
  readonly isKnown: (kind: NameKind, word: string) => boolean;
  readonly isWhen: (words: readonly string[]) => boolean;
}

const NOUNS: Readonly<Record<NameKind, ReadonlySet<string>>> = {
  order: new Set(['order', 'run', 'request', 'job', 'task']),
  trigger: new Set(['trigger']),
};

/** Words that are no names, unless something is called that. */
const COMMON = new Set(
  'i you we they it he she this that these those everything something anything nothing everyone anyone someone who what which when where why how is are was were be do does did has have not no yes to for from of in on at by with and or if than as me us them him her orders runs triggers work things stuff last next first new good bad well today yesterday overnight lately tomorrow morning week month tests build code repo project pushpals'.split(
    ' ',
  ),
);

/** A pattern as it is written in the rules. */
export function pattern(text: string): Pattern {
  return text.split(' ').map((written): Element => {
    const optional = written.endsWith('?');
    const part = optional ? written.slice(0, -1) : written;
    if (part === '{when}') return { is: 'when', optional };
    const name = /^\{(known)?-?(order|trigger)?\}$/.exec(part);
    if (name !== null)
      return { is: 'name', kind: name[2] === 'trigger' ? 'trigger' : 'order', known: name[1] !== undefined, optional };
    const words = part.split('|').flatMap((word) => {
      if (!word.startsWith('@')) return [word];
      const listed = CLASSES[word.slice(1)];
      if (listed === undefined) throw new RangeError(`no class of words is called ${word}`);
      return listed.split('|');
    });
    return { is: 'word', words: new Set(words), optional };
  });
}

/** The longest stretch of time in words: `in the last 24 hours`. */
const WHEN_WORDS = 4;

/** How a pattern takes all of the words, and nothing less; null if it does not. */
export function match(elements: Pattern, words: readonly string[], known: Vocabulary): Match | null {
  const from = (element: number, word: number): Match | null => {
    const next = elements[element];
    if (next === undefined) return word === words.length ? { name: null, when: [] } : null;
    return take(next, element, word) ?? (next.optional ? from(element + 1, word) : null);
  };
  const take = (next: Element, element: number, at: number): Match | null => {
    const word = words[at];
    if (word === undefined) return null;
    if (next.is === 'word') return next.words.has(word) ? from(element + 1, at + 1) : null;
    if (next.is === 'when') {
      for (let count = Math.min(WHEN_WORDS, words.length - at); count > 0; count -= 1) {
        const when = words.slice(at, at + count);
        const rest = known.isWhen(when) ? from(element + 1, at + count) : null;
        if (rest !== null) return { ...rest, when };
      }
      return null;
    }
    return takeName(next, element, at);
  };
  /** `checkout`, `order checkout` or `checkout order`. */
  const takeName = (next: Element & { is: 'name' }, element: number, at: number): Match | null => {
    const nouns = NOUNS[next.kind];
    for (const before of [nouns.has(words[at] ?? ''), false]) {
      const place = before ? at + 1 : at;
      const word = words[place] ?? '';
      if (!isName(word, next, known)) continue;
      const after = nouns.has(words[place + 1] ?? '');
      const rest = (after ? from(element + 1, place + 2) : null) ?? from(element + 1, place + 1);
      if (rest !== null) return { ...rest, name: { word, kind: next.kind, called: before || after } };
    }
    return null;
  };
  return from(0, 0);
}

const isName = (word: string, { kind, known: mustBe }: Element & { is: 'name' }, known: Vocabulary): boolean =>
  known.isKnown(kind, word) || (!mustBe && !COMMON.has(word) && /^[a-z0-9][a-z0-9-]{0,79}$/.test(word));
