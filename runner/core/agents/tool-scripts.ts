import { shellWord } from '../shell-word.js';

/**
 * The scripts that tools are executed by, for any POSIX shell, busybox's too. Whatever a model gave stands in them as a quoted word or as Base64. A script
 * that ends with another code than 0 printed why.
 */

/** Files above this are not read or edited as a whole. */
export const MOST_FILE_BYTES = 2_000_000;

/** A link would lead a tool out of the project, or change a file that is not the one that was named. */
function refuseLinks(path: string): string {
  const names = path.split('/');
  const paths = names.map((_, index) => names.slice(0, index + 1).join('/')).filter((each) => each !== '');
  return paths
    .map((each) => {
      const word = shellWord(`./${each}`);
      return `if [ -h ${word} ]; then printf '%s is a symbolic link to %s\\n' ${shellWord(each)} "$(readlink ${word})"; exit 1; fi`;
    })
    .join('\n');
}

const say = (text: string): string => `printf '%s\\n' ${shellWord(text)}; exit 1`;

/** Prints a file as it is. */
export const readScript = (path: string): string => `${refuseLinks(path)}
f=${shellWord(`./${path}`)}
[ -e "$f" ] || { ${say(`there is no ${path}`)}; }
[ ! -d "$f" ] || { ${say(`${path} is a folder: list it`)}; }
[ -f "$f" ] || { ${say(`${path} is no regular file`)}; }
[ "$(wc -c < "$f")" -le ${String(MOST_FILE_BYTES)} ] || { ${say(`${path} is larger than ${String(MOST_FILE_BYTES)} bytes: search in it`)}; }
cat < "$f"
`;

/** Makes a file, with its folders, or puts something else into it. */
export const writeScript = (path: string, base64: string): string => `${refuseLinks(path)}
f=${shellWord(`./${path}`)}
[ ! -d "$f" ] || { ${say(`${path} is a folder`)}; }
[ ! -e "$f" ] || [ -f "$f" ] || { ${say(`${path} is no regular file`)}; }
mkdir -p ${shellWord(`./${path.split('/').slice(0, -1).join('/')}`)} || exit 1
base64 -d > "$f" <<'BASE64'
${base64.replace(/.{76}/g, '$&\n')}
BASE64
`;

const pathWord = (path: string): string => shellWord(path === '' ? '.' : `./${path}`);

/** Prints the paths of a folder's files, each with a NUL after it; without git also of those that it would ignore. */
export const listScript = (path: string): string => `${refuseLinks(path)}
d=${pathWord(path)}
[ -d "$d" ] || { ${say(`there is no folder ${path}`)}; }
if git rev-parse --is-inside-work-tree >/dev/null 2>&1
then git --literal-pathspecs ls-files -z --cached --others --exclude-standard -- "$d" || exit 1
else find "$d" -name .git -prune -o ! -type d -print0
fi
`;

/** Prints `path:line:text` of the lines that hold a text; at most so many. */
export function searchScript(text: string, path: string, isRegexp: boolean, most: number): string {
  const how = `${isRegexp ? '-E' : '-F'} -e ${shellWord(text)}`;
  return `${refuseLinks(path)}
p=${pathWord(path)}
[ -e "$p" ] || { ${say(`there is no ${path}`)}; }
{ if git rev-parse --is-inside-work-tree >/dev/null 2>&1
then git -c core.quotePath=false --no-pager --literal-pathspecs grep --no-color -nI --untracked ${how} -- "$p"
else grep -rnI ${how} -- "$p"
fi; } | head -n ${String(most)}
`;
}

/** Runs a program in the place of the shell: no builtin of it can be meant. */
export const execScript = (argv: readonly string[]): string => `set -- ${argv.map(shellWord).join(' ')}
exec "$@" </dev/null
`;
