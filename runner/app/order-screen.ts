import { fail, type SecretFinding } from '../core/failure.js';
import type { Dropped } from '../core/observed.js';
import { isAllowed } from '../core/secrets/allowed.js';
import { textsIn, without } from '../core/secrets/texts.js';
import type { Policy } from '../generated/types.js';
import type { ScannedText, SecretScanner } from './ports/secrets.js';

/** So much text is asked about at a time. */
const BATCH_CHARS = 4 * 1024 * 1024;

/** A text of an order: its file as it lies there, or a value in it, where escapes are undone. */
type OrderText = ScannedText & { readonly dropped: Dropped; readonly isFile: boolean };

/**
 * Refuses orders whose text holds what looks like a credential: it would stand in the ops branch for good. What is kept of such a file has it cut out. `bytesOf` are the files
 * that lie in the inbox.
 */
export async function screened(
  scanner: SecretScanner,
  policy: Policy,
  all: readonly Dropped[],
  bytesOf: ReadonlyMap<string, Uint8Array>,
): Promise<readonly Dropped[]> {
  const refused = new Map<Dropped, Dropped>();
  for (const texts of batches(
    all.filter(({ wasTaken }) => wasTaken !== true).flatMap((each) => textsOf(each, bytesOf)),
  )) {
    const suspicions = await scanner.scan(texts.map(({ path, text }) => ({ path, text })));
    if (suspicions === null) {
      for (const { dropped } of texts)
        refused.set(
          dropped,
          refusal(dropped, '', [{ file: dropped.path, line: null, rule: 'it took too long to look through it' }]),
        );
      continue;
    }
    const counted = suspicions.flatMap((found) => {
      const text = texts[found.index];
      return text === undefined || isAllowed(policy, text.path, found.rule) ? [] : [{ ...found, of: text }];
    });
    for (const dropped of new Set(counted.map(({ of }) => of.dropped))) {
      const inFile = counted.filter(({ of }) => of.dropped === dropped && of.isFile);
      const inValue = counted.filter(({ of }) => of.dropped === dropped && !of.isFile);
      const findings = (inFile.length > 0 ? inFile : inValue.slice(0, 1)).map(({ line, rule, of }) => ({
        file: dropped.path,
        line: of.isFile ? line : null,
        rule,
      }));
      // What only shows once escapes are undone cannot be cut out of the file.
      const kept = inValue.some(({ rule }) => !inFile.some((found) => found.rule === rule))
        ? ''
        : without(inFile[0]?.of.text ?? '', inFile);
      refused.set(dropped, refusal(dropped, kept, findings));
    }
  }
  return all.map((dropped) => refused.get(dropped) ?? dropped);
}

const refusal = (dropped: Dropped, kept: string, findings: readonly SecretFinding[]): Dropped => ({
  ...dropped,
  kept: Buffer.from(kept),
  order: fail({ class: 'secret-found', where: `the order ${dropped.path}`, findings }),
});

function textsOf(dropped: Dropped, bytesOf: ReadonlyMap<string, Uint8Array>): readonly OrderText[] {
  const { path, order } = dropped;
  const bytes = bytesOf.get(path);
  const file = bytes === undefined ? [] : [{ path, text: Buffer.from(bytes).toString('utf8'), dropped, isFile: true }];
  const name = { path, text: path, dropped, isFile: false };
  const values = order.ok ? textsIn(order.value).map((text) => ({ path, text, dropped, isFile: false })) : [];
  return [...file, name, ...values];
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
