/** Characters that a reader does not see, or that change what they see: control, zero-width, direction-changing, tag characters. */
export const HIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/u;

const HIDDEN_RUNS = new RegExp(`${HIDDEN.source}+`, 'gu');
const TAG_OFFSET = 0xe0000;

/** One line of a file for people: every hidden character becomes one visible sign, so that columns stay where they are. */
export function visibleLine(text: string): string {
  return text.replace(/[\t\r\n]/g, ' ').replace(new RegExp(HIDDEN.source, 'gu'), (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return '\ufffd'.repeat(char.length);
  });
}

/** A stretch of text that a reader does not see, and what is in it. */
export interface Hidden {
  readonly start: number;
  readonly end: number;
  readonly says: string;
}

/**
 * HTML comments and runs of invisible characters, in their order. An unclosed comment reaches to the end, as browsers take it.
 * Linear in the text, which is untrusted.
 */
export function hiddenIn(text: string): readonly Hidden[] {
  const found: Hidden[] = [];
  for (let at = 0; at < text.length;) {
    const start = text.indexOf('<!--', at);
    for (const run of runsIn(text.slice(at, start === -1 ? undefined : start), at)) found.push(run);
    if (start === -1) break;
    const close = text.indexOf('-->', start + 4);
    const end = close === -1 ? text.length : close + 3;
    const inside = text.slice(start + 4, close === -1 ? undefined : close);
    const says = splice(inside, runsIn(inside, 0), (run) => run.says).trim();
    found.push({ start, end, says: withoutOpening(says) });
    at = end;
  }
  return found;
}

function runsIn(text: string, offset: number): readonly Hidden[] {
  return [...text.matchAll(HIDDEN_RUNS)].map((match) => {
    const start = offset + match.index;
    return { start, end: start + match[0].length, says: describe(match[0]) };
  });
}

/** Code points; tag characters, which can spell a whole message, are spelled. */
function describe(run: string): string {
  const codes = [...run].map((char) => char.codePointAt(0) ?? 0);
  const spelled = codes.map((code) => code - TAG_OFFSET).filter((code) => code >= 0x20 && code < 0x7f);
  if (spelled.length > 0) return String.fromCharCode(...spelled.slice(0, 4000));
  const names = codes.slice(0, 20).map((code) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
  return codes.length > names.length
    ? `${names.join(' ')} and ${String(codes.length - names.length)} more`
    : names.join(' ');
}

function splice(text: string, hidden: readonly Hidden[], instead: (piece: Hidden) => string): string {
  let at = 0;
  const parts = hidden.flatMap((piece) => {
    const before = text.slice(at, piece.start);
    at = piece.end;
    return [before, instead(piece)];
  });
  return parts.join('') + text.slice(at);
}

export const shownHidden = ({ says }: Hidden): string => `‹hidden: ${says}›`;

/** Text with everything hidden in it written out as `‹hidden: …›`. */
export const reveal = (text: string): string => splice(text, hiddenIn(text), shownHidden);

/** Text with the characters that nobody sees written out; comments, which a file may well have, stand as they are. */
export const revealCharacters = (text: string): string => splice(text, runsIn(text, 0), shownHidden);

/** What a reader sees of a text. */
export const withoutHidden = (text: string): string => withoutOpening(splice(text, hiddenIn(text), () => ''));

/** Taking something out can join what stood around it to the opening of a comment, which would hide what follows. */
export const withoutOpening = (text: string): string => text.replaceAll('<!--', '<! --');

/** Text of the same length with everything hidden as NUL, line breaks in it too, so that offsets are those of the original. */
export const maskHidden = (text: string): string =>
  splice(text, hiddenIn(text), ({ start, end }) => '\0'.repeat(end - start));
