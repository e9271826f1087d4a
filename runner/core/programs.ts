/** The programs that a shell command starts with, as far as they can be told: no paths, builtins or variables. */
export function programsOf(script: string): readonly string[] {
  const words = script
    .split(/&&|\|\||[;|\n&(]/)
    .map((part) => part.trim().replace(/^(?:[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\S*)\s+)*/, ''));
  const names = words.map((part) => /^[A-Za-z0-9_.+-]+(?=\s|$)/.exec(part)?.[0]);
  return [...new Set(names.filter((name): name is string => name !== undefined && !BUILTINS.has(name)))];
}

const BUILTINS = new Set(
  '. : [ alias bg break case cd command continue do done echo elif else esac eval exec exit export false fi for getopts hash if in printf pwd read readonly return set shift test then times trap true type ulimit umask unset until wait while'.split(
    ' ',
  ),
);
