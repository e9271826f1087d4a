/** Characters that a reader does not see, or that change what they see: control, zero-width, direction-changing, tag characters. */
export const HIDDEN =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
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

/**
 * Text with everything hidden in it written out as `‹hidden: …›`: HTML comments with what they say, invisible characters by
 * their code points. Tag characters, which can spell a whole message, are spelled.
 */
export function reveal(text: string): string {
  return revealComments(text.replace(/\r\n?/g, '\n')).replace(HIDDEN_RUNS, (run) => `‹hidden: ${describe(run)}›`);
}

/** Without recursion and in one pass: an unclosed comment reaches to the end, as browsers take it. */
function revealComments(text: string): string {
  const parts: string[] = [];
  for (let at = 0; ;) {
    const start = text.indexOf('<!--', at);
    if (start === -1) return parts.join('') + text.slice(at);
    const end = text.indexOf('-->', start + 4);
    const inside = text.slice(start + 4, end === -1 ? undefined : end);
    parts.push(text.slice(at, start), `‹hidden: ${inside.trim()}›`);
    if (end === -1) return parts.join('');
    at = end + 3;
  }
}

function describe(run: string): string {
  const codes = [...run].map((char) => char.codePointAt(0) ?? 0);
  const spelled = codes.map((code) => code - TAG_OFFSET).filter((code) => code >= 0x20 && code < 0x7f);
  if (spelled.length > 0) return String.fromCharCode(...spelled.slice(0, 4000));
  const names = codes.slice(0, 20).map((code) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
  return codes.length > names.length
    ? `${names.join(' ')} and ${String(codes.length - names.length)} more`
    : names.join(' ');
}

/** What a reader sees of a text: without HTML comments and invisible characters. */
export function withoutHidden(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split('<!--')
    .map((part, index) => (index === 0 ? part : part.includes('-->') ? part.slice(part.indexOf('-->') + 3) : ''))
    .join('')
    .replace(HIDDEN_RUNS, '');
}
