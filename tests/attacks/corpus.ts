/** Files that readers have broken on, in every format that somebody else may write. */

const bytes = (text: string): Uint8Array => Buffer.from(text);
const utf16 = (text: string): Uint8Array => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const MB = 1024 * 1024;

/** The first lines that make a file one of its kind, so that it is broken only where it is meant to be. */
const SOUND = {
  order: 'goal: Go\nformula: attack\n',
  formula: 'formula: broken\nversion: 1\nsteps: [{ id: a, run: "true" }]\n',
  project: 'version: 1\nproject: x\n',
} as const;

/** Pairs of a file's name and its bytes. All `.yml` of it are wrong for their kind; what other names hold may be sound. */
export function corpus(kind: keyof typeof SOUND): readonly (readonly [string, Uint8Array])[] {
  const sound = SOUND[kind];
  const laughs = Array.from(
    { length: 12 },
    (_, index) => `a${String(index + 1)}: &a${String(index + 1)} [${`*a${String(index)},`.repeat(12)}]`,
  );
  const yaml: Readonly<Record<string, string | Uint8Array>> = {
    'alias-bomb': `${sound}a0: &a0 [x]\n${laughs.join('\n')}\n`,
    'merge-bomb': `${sound}x: &x { a: 1 }\n${Array.from({ length: 200 }, (_, index) => `y${String(index)}: { <<: [*x, *x, *x] }`).join('\n')}\n`,
    'own-alias': `${sound}x: &x { y: *x }\n`,
    'deep-flow': `${sound}x: ${'['.repeat(100_000)}`,
    'deep-blocks': `${sound}${Array.from({ length: 2000 }, (_, index) => `${' '.repeat(index)}a:`).join('\n')}\n`,
    'huge-scalar': `${sound}x: ${'a'.repeat(900_000)}\n`,
    'many-keys': `${sound}${Array.from({ length: 50_000 }, (_, index) => `k${String(index)}: 1`).join('\n')}\n`,
    'too-large': bytes(`${sound}x: ${'a'.repeat(3 * MB)}\n`),
    'not-utf8': Buffer.concat([bytes(sound), Buffer.from([0x78, 0x3a, 0x20, 0xc3, 0x28, 0xff, 0xfe, 0x0a])]),
    'overlong-utf8': Buffer.concat([bytes(sound), Buffer.from([0x78, 0x3a, 0x20, 0xc0, 0xaf, 0xe0, 0x80, 0xaf, 0x0a])]),
    'utf-16': utf16(`${sound}y: 1\n`),
    nul: `${sound}x: "a\0b"\n`,
    'only-nuls': new Uint8Array(2000),
    bidi: `${sound}\u202Exob\u202C: 1\n`,
    'duplicate-keys': `${sound}${sound.split('\n')[0] ?? ''}\n`,
    'wrong-type': `${sound}steps: 7\ngoal: [1, 2]\nversion: yes\n`,
    'a-list': '- 1\n- 2\n',
    'a-number': '42\n',
    'two-documents': `${sound}---\n${sound}`,
    'unknown-version': sound.includes('version') ? sound.replace('version: 1', 'version: 99') : `version: 99\n${sound}`,
    'proto-key': `${sound}__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }\n`,
    'proto-inside': `${sound}inputs: { __proto__: { polluted: true } }\nconstraints: { __proto__: { time: 1s } }\ncommands: { constructor: x }\n`,
    'a-tag': `${sound}x: !!js/function "function () { throw 1 }"\n`,
    'a-directive': `%YAML 9.9\n%TAG ! tag:evil,2026:\n---\n${sound}x: 1\n`,
    'tabs-only': '\t\t\t\n\t-\t:\n',
    'no-end': `${sound}x: "never ends\n`,
    'number-that-overflows': `${sound}timeout: 1e999\npriority: .nan\nrisk: 0x${'f'.repeat(5000)}\n`,
  };
  const markdown: Readonly<Record<string, string | Uint8Array>> = {
    'md-deep': `${'> '.repeat(20_000)}x\n`,
    'md-lists': `${Array.from({ length: 3000 }, (_, index) => `${' '.repeat(index % 200)}- x`).join('\n')}\n`,
    'md-links': `${'['.repeat(50_000)}x${']('.repeat(50_000)}\n`,
    'md-emphasis': `${'*_'.repeat(50_000)}x\n`,
    'md-fences': '```\n'.repeat(50_000),
    'md-comment': `Goal\n<!-- ${'<!--'.repeat(50_000)}\n`,
    'md-front-matter-bomb': `---\na0: &a0 [x]\n${laughs.join('\n')}\n---\nGo\n`,
    'md-not-utf8': Buffer.from([0x23, 0x20, 0xff, 0xfe, 0x00, 0xc3, 0x28, 0x0a]),
    'md-nul': `# Goal\nGo\0\n`,
  };
  const named = (
    files: Readonly<Record<string, string | Uint8Array>>,
    ending: string,
  ): (readonly [string, Uint8Array])[] =>
    Object.entries(files).map(([name, content]) => [
      `${name}.${ending}`,
      typeof content === 'string' ? bytes(content) : content,
    ]);
  return [...named(yaml, 'yml'), ...named(markdown, 'md')];
}
