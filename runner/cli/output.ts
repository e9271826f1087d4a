import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

export type Paint = (style: keyof typeof STYLES, text: string) => string;

/** Where results and messages go: results to standard output, everything else to standard error. */
export class Output {
  constructor(
    private readonly stdout: { write(text: string): unknown },
    private readonly stderr: { write(text: string): unknown },
    readonly traits: {
      readonly json: boolean;
      readonly color: boolean;
      readonly interactive: boolean;
      /** Columns and rows of the terminal; infinite where results do not go to one. */
      readonly width: number;
      readonly height: number;
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

  /** One of several values, each on a line of its own. */
  jsonLine(value: unknown): void {
    this.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** A message beside the result. */
  note(text: string): void {
    this.stderr.write(`${text}\n`);
  }

  /** Colour carries a meaning that the words carry as well. */
  readonly paint: Paint = (style, text) => (this.traits.color ? styleText(STYLES[style], text) : text);
}

const STYLES = { good: 'green', bad: 'red', wait: 'yellow', dim: 'gray', strong: 'bold' } as const satisfies Record<
  string,
  Style
>;

/**
 * Text from outside, safe to print: control characters, escape sequences and direction marks are shown, not obeyed. Line ends and
 * tabs stay. What a forge's runner would take for a command of a workflow (`::set-output …` at the start of a line, `##[…]` and
 * `##vso[…]` anywhere) is broken up by a space, since ticks are run by CI as well.
 */
export function printable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/^([^\S\n]*):(?=:[A-Za-z])/gm, '$1: ')
    .replace(/#(?=#(?:vso)?\[)/g, '# ')
    .replace(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g,
      (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
    )
    .replace(/[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`);
}
