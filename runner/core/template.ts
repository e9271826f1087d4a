/**
 * Fills `{{ order.goal }}`-like marks with text, in one pass: what is filled in is never looked at again, so an order cannot
 * smuggle in a mark, and control characters become spaces. An unknown name stays as it is written.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{\s*([a-z][A-Za-z0-9._-]*)\s*\}\}/g, (mark, name: string) =>
    Object.hasOwn(values, name) ? plainText(values[name] ?? '') : mark,
  );
}

/** The names between the braces of a template, in their order. */
export const marksIn = (template: string): readonly string[] =>
  [...template.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map((match) => match[1] ?? '');

/** One line, without control, zero-width and direction-changing characters. */
export function plainText(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .trim();
}

/** At most `max` characters, cut at a word where one is near. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1);
  const space = cut.lastIndexOf(' ');
  return `${space > max * 0.6 ? cut.slice(0, space) : cut}…`;
}
