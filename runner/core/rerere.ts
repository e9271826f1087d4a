/** What `git rerere` makes of a file with conflict markers, so that what people resolved before is found by the same name and put in the same way. */
export interface Conflicted {
  /** The file with each conflict's sides in an order of their own, and nothing beside the markers. */
  readonly image: string;
  /** What the name of the resolution is the digest of. */
  readonly named: string;
}

const [OURS, BASE, MIDDLE, THEIRS] = ['<<<<<<<', '|||||||', '=======', '>>>>>>>'] as const;

/**
 * Of a text with a character for each byte, as is the answer. Null: no conflict is in it, or one within another, or one that does not end. One pass: the
 * text is hostile.
 */
export function conflicted(text: string): Conflicted | null {
  const image: string[] = [];
  const named: string[] = [];
  let sides: { ours: string[]; theirs: string[]; at: 'ours' | 'base' | 'theirs' } | null = null;
  for (const line of text.split(/(?<=\n)/)) {
    const marker = markerOf(line);
    if (marker === OURS) {
      if (sides !== null) return null;
      sides = { ours: [], theirs: [], at: 'ours' };
    } else if (sides === null) image.push(line);
    else if (marker === BASE && sides.at === 'ours') sides.at = 'base';
    else if (marker === MIDDLE && sides.at !== 'theirs') sides.at = 'theirs';
    else if (marker === THEIRS && sides.at === 'theirs') {
      const [one, other] = [sides.ours.join(''), sides.theirs.join('')];
      const [first, second] = one <= other ? [one, other] : [other, one];
      image.push(`${OURS}\n${first}${MIDDLE}\n${second}${THEIRS}\n`);
      named.push(`${first}\0${second}\0`);
      sides = null;
    } else if (sides.at !== 'base') sides[sides.at].push(line);
  }
  return sides !== null || named.length === 0 ? null : { image: image.join(''), named: named.join('') };
}

/** As git has it: seven of a sign, and a space after it. */
function markerOf(line: string): string | null {
  const sign = line.slice(0, 7);
  const isMarker = [OURS, BASE, MIDDLE, THEIRS].some((each) => each === sign) && /^\s/.test(line.slice(7, 8));
  return isMarker ? sign : null;
}
