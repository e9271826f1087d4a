import type { Policy, Project } from '../generated/types.js';
import { retryAt } from './backoff.js';
import type { Failure } from './failure.js';
import type { Instant } from './ids.js';

/** Whether images may be named by a tag, which can come to mean another image, or by their digest only. */
export type ImagePolicy = NonNullable<Policy['image-policy']>;

/** The stricter of what project and policy say. */
export const imagePolicy = (
  { sandbox }: Pick<Project, 'sandbox'>,
  policy: Pick<Policy, 'image-policy'>,
): ImagePolicy => ([sandbox?.['image-policy'], policy['image-policy']].includes('pinned') ? 'pinned' : 'any');

/** Whether the project's driver runs steps in images at all. */
export const usesImages = ({ sandbox }: Pick<Project, 'sandbox'>): boolean =>
  (sandbox?.driver ?? 'docker') === 'docker';

/** Whether a name can only ever mean one image: it ends with a digest, or is an image's id. */
export const isPinned = (image: string): boolean => /(?:^|@)sha256:[0-9a-f]{64}$/.test(image);

/** What is wrong with a name under `image-policy: pinned`, and what to write instead; `pinned` names the same image by its digest, where it is known here. */
export const unpinnedWords = (image: string, pinned: string | null): { message: string; hint: string } => ({
  message: `\`${image}\` names no digest, and \`image-policy: pinned\` asks for one: a tag can come to mean another image`,
  hint:
    pinned === null
      ? `Write \`image: ${image}@sha256:…\`; \`docker image inspect --format '{{.RepoDigests}}' ${image}\` shows the digest once it is pulled.`
      : `Write \`image: ${pinned}\`, which is what this machine has.`,
});

/** How an engine wants to be asked for an image: all tags of a repository are never meant. */
export function pullArguments(image: string): { readonly fromImage: string; readonly tag: string } {
  const [name = '', digest] = image.split('@');
  const [, repository = name, tag] = /^(.*?)(?::([^:/]*))?$/.exec(name) ?? [];
  return { fromImage: repository, tag: digest ?? tag ?? 'latest' };
}

/** What this machine remembers of having asked for an image. */
export interface PullNote {
  readonly at: Instant;
  /** How many times in a row it could not be had. */
  readonly failures: number;
  /** What the last of them came to, in words; null before there was one. */
  readonly why: string | null;
  /** The last lines of a build. */
  readonly tail?: string;
  /** The runner process that asks for it now. */
  readonly by: Claimant | null;
}

interface Claimant {
  readonly host: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly boot: string;
}

/** `due`: whoever needs it gets it now. `underway`: somebody on this machine does so. */
export type PullState = 'due' | 'underway' | Extract<Failure, { class: 'image-missing' }>;

/** What to do about an image that the engine does not have: get it, wait for who does, or wait for the next time, so that no registry is asked each minute. */
export function pullState(
  image: string,
  note: PullNote | undefined,
  now: Instant,
  alive: (by: Claimant) => boolean | null,
): PullState {
  if (note === undefined) return 'due';
  if (note.by !== null && alive(note.by) === true) return 'underway';
  if (note.why === null || note.at > now) return 'due';
  const next = retryAt(note.at, note.failures, image);
  return next <= now ? 'due' : { class: 'image-missing', image, why: note.why, retryAt: next };
}
