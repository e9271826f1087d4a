/** A file that was read into a prompt. */
export interface ReadIntoPrompt {
  readonly kind: 'guidance' | 'knowledge';
  readonly path: string;
  readonly digest: string;
}

/** Whether a value of a `run.json` is a list of what was read into a prompt. */
export const isReadIntoPrompt = (value: unknown): value is readonly ReadIntoPrompt[] =>
  Array.isArray(value) &&
  (value as unknown[]).every((each) => {
    const { kind, path, digest } = (each ?? {}) as Readonly<Record<string, unknown>>;
    return (kind === 'guidance' || kind === 'knowledge') && typeof path === 'string' && typeof digest === 'string';
  });

/** What became of a lesson at the end of a run. */
export interface LandedLesson {
  readonly id: string;
  readonly title: string;
  readonly to: 'accepted' | 'proposed' | 'dropped' | 'known';
}

/** The lessons of a run as Markdown list items. `code` makes outside text safe to stand there. */
export const lessonLines = (lessons: readonly LandedLesson[], code: (text: string) => string): readonly string[] =>
  lessons.map(({ id, title, to }) => `- ${LESSON_ENDS[to]} ${code(title)}: ${lessonNext(id, to)}`);

const LESSON_ENDS: Readonly<Record<LandedLesson['to'], string>> = {
  accepted: 'Learned',
  proposed: 'A lesson waits for you:',
  dropped: 'A lesson was dropped:',
  known: 'Known already:',
};

const lessonNext = (id: string, to: LandedLesson['to']): string =>
  to === 'proposed'
    ? `\`pushpals knowledge show ${id}\`, then accept or reject it.`
    : to === 'dropped'
      ? 'the policy keeps none, or too many wait.'
      : `\`pushpals knowledge show ${id}\`.`;
