import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Where results and messages go: results to standard output, everything else to standard error. */
export class Output {
  constructor(
    private readonly stdout: { write(text: string): unknown },
    private readonly stderr: { write(text: string): unknown },
    readonly traits: {
      readonly json: boolean;
      readonly color: boolean;
      readonly interactive: boolean;
      readonly width: number;
    },
  ) {}

  /** A line of the result. */
  line(text = ''): void {
    this.stdout.write(`${text}\n`);
  }

  /** Text of the result as it is. */
  raw(text: string): void {
    this.stdout.write(text);
  }

  json(value: unknown): void {
    this.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** A message beside the result. */
  note(text: string): void {
    this.stderr.write(`${text}\n`);
  }

  /** Colour carries a meaning that the words carry as well. */
  paint(style: 'good' | 'bad' | 'wait' | 'dim' | 'strong', text: string): string {
    return this.traits.color ? styleText(STYLES[style], text) : text;
  }
}

const STYLES = { good: 'green', bad: 'red', wait: 'yellow', dim: 'gray', strong: 'bold' } as const satisfies Record<
  string,
  Style
>;

/**
 * Text from outside, safe to print: control characters, escape sequences and direction marks are shown, not obeyed. Line ends and
 * tabs stay.
 */
export function printable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')

    .replace(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g,
      (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
    )
    .replace(/[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`);
}

/** Columns set apart by two spaces, the last one cut to the width. Cells hold one line each. */
export function table(rows: readonly (readonly string[])[], width: number): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, index) =>
    Math.max(...rows.map((row) => (row[index] ?? '').length)),
  );
  return rows.map((row) => {
    const line = row
      .map((cell, index) => (index === columns - 1 ? cell : cell.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd();
    return line.length > width ? `${line.slice(0, Math.max(1, width - 1))}…` : line;
  });
}
