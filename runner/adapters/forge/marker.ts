/** A comment of the runner's, which it finds again by its first line; people do not see that. `marker`: letters, digits, dots, dashes and slashes. */
export function marked(marker: string, body: string): string {
  if (!/^[A-Za-z0-9._/-]+$/.test(marker) || marker.includes('--')) throw new TypeError(`no marker: ${marker}`);
  return `<!-- pushpals:${marker} -->\n${body}`;
}
