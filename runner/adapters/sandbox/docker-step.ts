import { randomUUID } from 'node:crypto';
import type { HandedSecret } from '../../app/ports/sandbox.js';
import { shellWord } from '../../core/shell-word.js';
import { HOME, VOLATILE } from './docker-options.js';
import { handingOver } from './handed-secrets.js';

/** What a shell in the container waits for: to start one takes as long as to write down that the step starts. */
const GO = 'go';
// kill(2) with -1 reaches everything of the step's user in one go, and spares the shell that asks.
// What follows up to a line that nobody can guess hands over secrets: no argument, no setting and no file of the engine's ever has them.
export const STEP = `read -r word end; [ "$word" = ${GO} ] || exit 1
if [ -n "$end" ]; then
  handed=
  while IFS= read -r line && [ "$line" != "$end" ]; do handed="$handed$line
"; done
  eval "$handed"; unset handed line
fi; unset word end
/bin/sh "$1" < /dev/null 2>&1; code=$?; kill -9 -1 2>/dev/null; exit $code`;
/**
 * The same in a container that other steps have used. What they left in the places that hold files, and of message queues, is taken away first; if something
 * stays, or there is anything of System V (queues, shared memory: a first line of titles, then a line each), it says the word that it was given and does not begin. The shell of the step is another, so that no step can read the word.
 */
export const stepRenewed = (
  volumes: readonly string[],
): string => `for d in ${[...VOLATILE, ...volumes].map(shellWord).join(' ')} /dev/mqueue; do
  [ -e "$d" ] || continue
  rm -rf "$d"/* "$d"/.[!.]* "$d"/..?* 2>/dev/null
  [ -z "$(ls -A "$d" 2>&1)" ] || { printf %s "$3"; exit 1; }
done
for f in /proc/sysvipc/*; do
  [ ! -e "$f" ] || ! { read -r _ && read -r _; } < "$f" || { printf %s "$3"; exit 1; }
done
exec /bin/sh -c "$2" sh "$1"`;

/** The line by which a step begins, and the secrets that it gets. */
export function wordToGo(secrets: readonly HandedSecret[]): string {
  if (secrets.length === 0) return `${GO}\n`;
  const end = randomUUID();
  return `${GO} ${end}\n${handingOver(secrets, HOME)}${end}\n`;
}
