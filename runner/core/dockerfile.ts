import { isPinned } from './images.js';

/** An instruction of a Dockerfile, its continued lines joined; `line` is where it begins, from 1. */
interface Instruction {
  readonly line: number;
  readonly name: string;
  readonly rest: string;
}

/** What of a Dockerfile may not be built, with its line, from 1. */
export interface DockerfileFault {
  readonly line: number;
  readonly message: string;
  readonly hint: string;
}

/**
 * What a Dockerfile asks for that its rules do not let it have. With `network: none` the engine would still fetch what `ADD` names itself; with
 * `pinned` each image that it takes from has to be named by its digest.
 */
export function dockerfileFaults(
  text: string,
  { network, pinned }: { network: 'none' | 'full'; pinned: boolean },
): DockerfileFault[] {
  const faults: DockerfileFault[] = [];
  if (/^[ \t]*#[ \t]*escape[ \t]*=/im.test(text))
    faults.push({
      line: 1,
      message: 'a Dockerfile with an `escape` of its own is not read',
      hint: 'Remove the directive.',
    });
  const stages = new Set<string>();
  for (const { line, name, rest } of instructionsOf(text)) {
    if (name === 'ADD' && network === 'none' && /:\/\/|git@|\$/.test(rest))
      faults.push({
        line,
        message: '`ADD` would fetch from the network, and the build has none',
        hint: 'Commit the file and `COPY` it, or set `network: full` under `build`, where the policy allows it.',
      });
    const taken = name === 'FROM' ? [fromOf(rest).image] : sourcesOf(rest);
    for (const image of taken) {
      const isStage = stages.has(image.toLowerCase()) || image === 'scratch' || /^\d+$/.test(image);
      if (pinned && !isStage && !isPinned(image))
        faults.push({
          line,
          message: `\`${image}\` names no digest, and \`image-policy: pinned\` asks for one`,
          hint: `Write \`${image}@sha256:…\`.`,
        });
    }
    const stage = name === 'FROM' ? fromOf(rest).stage : undefined;
    if (stage !== undefined) stages.add(stage.toLowerCase());
  }
  return faults;
}

/** Images that a Dockerfile begins from, without its own stages. */
export function basesOf(text: string): readonly string[] {
  const stages = new Set<string>(['scratch']);
  return instructionsOf(text).flatMap(({ name, rest }) => {
    if (name !== 'FROM') return [];
    const { image, stage } = fromOf(rest);
    const isOwn = stages.has(image.toLowerCase());
    if (stage !== undefined) stages.add(stage.toLowerCase());
    return isOwn ? [] : [image];
  });
}

function fromOf(rest: string): { readonly image: string; readonly stage: string | undefined } {
  const words = rest.split(/\s+/).filter((word) => word !== '' && !word.startsWith('--'));
  return { image: words[0] ?? '', stage: words[1]?.toLowerCase() === 'as' ? words[2] : undefined };
}

/** What `COPY --from=` and mounts take from. */
const sourcesOf = (rest: string): readonly string[] =>
  [...rest.matchAll(/(?:^|\s)--(?:from=|mount=\S*?\bfrom=)([^\s,]+)/g)].map(([, image = '']) => image);

function instructionsOf(text: string): readonly Instruction[] {
  const found: Instruction[] = [];
  let open: { line: number; text: string } | null = null;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(raw)) continue;
    const isContinued = /\\[ \t]*$/.test(raw);
    const part = raw.replace(/\\[ \t]*$/, ' ');
    open = open === null ? { line: index + 1, text: part } : { line: open.line, text: open.text + part };
    if (isContinued) continue;
    const [, name = '', rest = ''] = /^\s*(\S+)\s*(.*)$/s.exec(open.text) ?? [];
    found.push({ line: open.line, name: name.toUpperCase(), rest });
    open = null;
  }
  return found;
}
