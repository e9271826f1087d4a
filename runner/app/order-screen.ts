import { fail, type SecretFinding } from '../core/failure.js';
import type { Dropped } from '../core/observed.js';
import { isAllowed } from '../core/secrets/allowed.js';
import { joined, textsIn, without } from '../core/secrets/texts.js';
import type { Policy } from '../generated/types.js';
import type { SecretScanner } from './ports/secrets.js';

/** So much text is asked about at a time. */
const BATCH_CHARS = 256 * 1024;

/** A text of an order: its file as it lies there, or its name and the values in it, where escapes are undone. */
interface OrderText {
  readonly dropped: Dropped;
  readonly isFile: boolean;
  readonly text: string;
}

/** Something in one of these texts; null for one that could not be looked through. */
interface Found {
  readonly of: OrderText;
  readonly place: { readonly rule: string; readonly start: number; readonly end: number } | null;
}

/** Tells the texts of two files of one path apart. */
export const textKey = ({ path, digest }: Pick<Dropped, 'path' | 'digest'>): string => `${digest} ${path}`;

/**
 * Refuses orders whose text holds what looks like a credential: it would stand in the ops branch for good. What is kept of such a file has it cut out. `bytesOf` are the files
 * that lie in the inbox, by `textKey`.
 */
export async function screened<D extends Dropped>(
  scanner: SecretScanner,
  policy: Policy,
  all: readonly D[],
  bytesOf: ReadonlyMap<string, Uint8Array>,
): Promise<readonly D[]> {
  const found = new Map<Dropped, Found[]>();
  const texts = all.filter(({ wasTaken }) => wasTaken !== true).flatMap((each) => textsOf(each, bytesOf));
  for (const batch of batches(texts))
    for (const each of await look(scanner, batch)) {
      const { dropped } = each.of;
      if (each.place !== null && isAllowed(policy, dropped.path, each.place.rule)) continue;
      found.set(dropped, [...(found.get(dropped) ?? []), each]);
    }
  return all.map((dropped) => {
    const places = found.get(dropped);
    return places === undefined ? dropped : refusal(dropped, places);
  });
}

/** Many texts are looked through as one; where that takes too long, each by itself, so that nobody pays for another's. */
async function look(scanner: SecretScanner, texts: readonly OrderText[]): Promise<readonly Found[]> {
  const { text, placeOf } = joined(texts.map((each) => each.text));
  const suspicions = await scanner.scan([{ path: 'inbox', text }]);
  if (suspicions !== null)
    return suspicions.flatMap(({ start, end, rule }) => {
      const { index, offset } = placeOf(start);
      const of = texts[index];
      return of === undefined ? [] : [{ of, place: { rule, start: offset, end: offset + end - start } }];
    });
  const [first, ...others] = texts;
  if (first === undefined) return [];
  if (others.length === 0) return [{ of: first, place: null }];
  const found: Found[] = [];
  for (const each of texts) found.push(...(await look(scanner, [each])));
  return found;
}

function refusal<D extends Dropped>(dropped: D, found: readonly Found[]): D {
  const { path } = dropped;
  const places = found.flatMap(({ of, place }) => (place === null ? [] : [{ ...place, of }]));
  const inFile = places.filter(({ of }) => of.isFile);
  const inValue = places.filter(({ of }) => !of.isFile);
  const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;
  const findings: readonly SecretFinding[] =
    inFile.length > 0
      ? inFile.map(({ of, start, rule }) => ({ file: path, line: lineOf(of.text, start), rule }))
      : places.length > 0
        ? inValue.slice(0, 1).map(({ rule }) => ({ file: path, line: null, rule }))
        : [{ file: path, line: null, rule: 'it takes too long to look through it' }];
  // What only shows once escapes are undone cannot be cut out of the file, nor what nobody has looked through.
  const isSeen = inFile.length > 0 && inValue.every(({ rule }) => inFile.some((each) => each.rule === rule));
  return {
    ...dropped,
    kept: Buffer.from(isSeen && places.length === found.length ? without(inFile[0]?.of.text ?? '', inFile) : ''),
    order: fail({ class: 'secret-found', where: `the order ${path}`, findings }),
  };
}

function textsOf(dropped: Dropped, bytesOf: ReadonlyMap<string, Uint8Array>): readonly OrderText[] {
  const { path, order } = dropped;
  const bytes = bytesOf.get(textKey(dropped));
  const file = bytes === undefined ? [] : [{ dropped, isFile: true, text: Buffer.from(bytes).toString('utf8') }];
  const values = order.ok ? textsIn(order.value) : [];
  return [...file, { dropped, isFile: false, text: [path, ...values].join('\n') }];
}

function batches(texts: readonly OrderText[]): readonly (readonly OrderText[])[] {
  const made: OrderText[][] = [];
  let room = 0;
  for (const text of texts) {
    if (made.length === 0 || room < text.text.length) {
      made.push([]);
      room = BATCH_CHARS;
    }
    made.at(-1)?.push(text);
    room -= text.text.length;
  }
  return made;
}
