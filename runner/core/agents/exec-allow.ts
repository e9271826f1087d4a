/**
 * Whether a role may execute a list of arguments. A pattern is matched argument by argument: its words are separated by spaces, `*` is any characters
 * of the one argument that it stands in, and a pattern that ends in `*` allows any further arguments. All else is itself, so
 * `&&`, `$()`, a redirect or a newline is a character of an argument and never matches more than that. No patterns allow nothing.
 */
export function mayExecute(argv: readonly string[], patterns: readonly string[]): boolean {
  const [program] = argv;
  // What begins with a dash would be an option of whatever starts it.
  if (program === undefined || program === '' || program.startsWith('-')) return false;
  if (argv.some((argument) => argument.includes('\0'))) return false;
  return patterns.some((pattern) =>
    fits(
      argv,
      pattern.split(/\s+/).filter((word) => word !== ''),
    ),
  );
}

function fits(argv: readonly string[], words: readonly string[]): boolean {
  const last = words.at(-1);
  if (last === undefined) return false;
  const isOpen = last.endsWith('*');
  // `node *` allows a bare `node` as well.
  const least = last === '*' ? words.length - 1 : words.length;
  if (argv.length < Math.max(1, least) || (!isOpen && argv.length > words.length)) return false;
  return words.every((word, index) => index >= argv.length || matches(argv[index] ?? '', word));
}

/** In time that the lengths bound: what stands between the stars is looked for from left to right, once. */
function matches(argument: string, word: string): boolean {
  const parts = word.split('*');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return argument === word;
  if (argument.length < first.length + last.length) return false;
  if (!argument.startsWith(first) || !argument.endsWith(last)) return false;
  const end = argument.length - last.length;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = argument.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
