import type { Round } from '../../generated/types.js';
import { readTranscript } from '../agents/read-transcript.js';
import type { ModelFacts, TranscriptEntry } from '../agents/transcript.js';
import { fail, ok, type Result } from '../failure.js';
import { STEPS_NAME } from '../review/material.js';
import type { Difference } from './compare.js';

type Entry<T extends TranscriptEntry['type']> = Extract<TranscriptEntry, { type: T }>;

/** A conversation with a model that can be had again: what it answered is in the record. */
export interface Talk {
  readonly facts: ModelFacts;
  readonly answers: readonly Entry<'answer'>[];
  readonly entries: readonly TranscriptEntry[];
}

/** How often an agent sat down to a step at the least, as the rounds of the reviews say. */
export function sittingsOf(rounds: readonly Pick<Round, 'review' | 'fix'>[], step: string): number {
  // A review is not asked again about a tree that it has seen.
  const reviewed = rounds.filter(({ review }) => review === step).length;
  const fixes = rounds.filter(({ fix }) => fix === step).length;
  return Math.max(1, reviewed, fixes === 0 ? 0 : fixes + 1);
}

/** How a sitting ends that another process, or a later one, went on from: what came between is in no record. */
const INTERRUPTED = /^(?:model-unavailable|budget-exhausted|timeout|claim-lost)\b/;

/**
 * The conversations of a step, from its transcript: one for each of its attempts, and for each time that a review sent the run back to it, `sittings` at the
 * least. Fails with why they cannot be had again. Null: there is no transcript.
 */
export function recordedTalk(text: string | null, sittings = 1): Result<Talk, string> {
  if (text === null) return fail('its transcript is not in the record');
  const entries: TranscriptEntry[] = [];
  for (const each of readTranscript(text)) {
    if ('problem' in each) return fail(`line ${String(each.line)} of its transcript cannot be read: ${each.problem}`);
    entries.push(each.entry);
  }
  const begins = entries.filter((entry) => entry.type === 'begin');
  const [begin] = begins;
  if (begin === undefined || entries.at(-1)?.type !== 'end') return fail('its transcript is not whole');
  const isWhole = entries.every(
    (entry, at) => (entry.type === 'begin') === (at === 0 || entries[at - 1]?.type === 'end'),
  );
  if (!isWhole || begins.length < sittings) return fail('its transcript is not whole');
  const ends = entries.slice(0, -1).filter((entry) => entry.type === 'end');
  if (begins.some(({ goesOn }) => goesOn === true) || ends.some(({ outcome }) => INTERRUPTED.test(outcome)))
    return fail(`an agent did it in ${String(begins.length)} sittings, and was interrupted`);
  if ('command' in begin.by) return fail('a command-line agent does it; --live has it work again');
  const notes = entries.flatMap((entry) => (entry.type === 'note' ? [entry.text] : []));
  if (notes.some((note) => /^\d+ entries are cut out here$/.test(note))) return fail('its transcript is not whole');
  const others = begins.some(({ by }) => JSON.stringify(by) !== JSON.stringify(begin.by));
  if (others || notes.some((note) => note.startsWith('going on with '))) return fail('more than one model answered');
  return ok({ facts: begin.by, answers: entries.filter((entry) => entry.type === 'answer'), entries });
}

/** Where two conversations of a step first went different ways; null where they did not. `now` is a transcript. */
export function talkDifference(step: string, before: Talk, now: string): Difference | null {
  const replayed = readTranscript(now).flatMap((line) => ('entry' in line ? [line.entry] : []));
  const [was, is] = [before.entries.flatMap(said), replayed.flatMap(said)];
  const index = was.findIndex((text, at) => text !== is[at]);
  const at = index === -1 ? (is.length > was.length ? was.length : -1) : index;
  if (at === -1) return null;
  const [recorded, other] = fromDifference(was[at] ?? 'nothing more', is[at] ?? 'nothing more');
  return { step, what: 'conversation', recorded, replayed: other };
}

/** What of an entry two conversations have in common if they are the same; nothing of what only took time. */
function said(entry: TranscriptEntry): readonly string[] {
  switch (entry.type) {
    case 'message':
      return [`${entry.message.role}: ${withoutOutput(entry.message.text)}`];
    case 'answer':
      return [`answer ${String(entry.turn)}: ${entry.text}\n${JSON.stringify(entry.calls)}`];
    case 'result': {
      // What a program prints has times and paths in it: how it ended counts.
      const shown = entry.name === 'exec' ? (/\[[^\]\n]*\]/.exec(entry.text)?.[0] ?? '') : entry.text;
      return [`${entry.name} ${entry.ok ? 'worked' : 'failed'}: ${shown}`];
    }
    case 'end':
      return [`end: ${entry.outcome}`];
    case 'begin':
    case 'note':
      return [];
  }
}

/** A prompt without what programs printed, which a reviewer is shown of the steps, and without the mark that follows from it. */
const withoutOutput = (prompt: string): string =>
  prompt.replace(
    new RegExp(`<<untrusted ([0-9a-f]{12}): ${STEPS_NAME}\\n([^]*?)\\nuntrusted \\1>>`),
    (_, __, text: string) => text.replace(/^ {4}.*$/gm, ''),
  );

/** Two texts from the first line on in which they differ; before it, where that is. */
function fromDifference(one: string, other: string): readonly [string, string] {
  const [first, second] = [one.split('\n'), other.split('\n')];
  const line = first.findIndex((text, index) => text !== second[index]);
  const from = line === -1 ? first.length : line;
  if (from === 0) return [one, other];
  const head = `${(first[0] ?? '').slice(0, 60)} … line ${String(from + 1)}: `;
  return [head + first.slice(from).join('\n'), head + second.slice(from).join('\n')];
}
