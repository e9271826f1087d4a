import type { Message, ToolCall } from './message.js';
import { readTranscript } from './read-transcript.js';
import type { TranscriptEntry } from './transcript.js';

/** What was said in a conversation before it was interrupted, without the rules and the task that it began with: those are told anew. */
export interface SoFar {
  readonly messages: readonly Message[];
  /** Answers of the model. */
  readonly turns: number;
}

const NOT_DONE = 'Not done: you were interrupted before.';
const GO_ON = 'Go on.';

/**
 * The conversation that the transcript of a step comes to, as a model is asked to go on with it: each call has its result, and the sides take turns. A
 * sitting whose runner died has no end, and what was done in it is gone with it. Null where nothing was said.
 */
export function talkSoFar(transcript: string): SoFar | null {
  const entries = readTranscript(transcript).flatMap((line) => ('entry' in line ? [line.entry] : []));
  const messages: Message[] = [];
  let open: ToolCall[] = [];
  const close = (): void => {
    for (const { id, name } of open) messages.push({ role: 'tool', call: id, name, text: NOT_DONE });
    open = [];
  };
  for (const entry of lastConversation(entries)) {
    if (entry.type === 'answer' && (entry.text !== '' || entry.calls.length > 0)) {
      close();
      if (messages.at(-1)?.role === 'assistant') messages.push({ role: 'user', text: GO_ON });
      messages.push({ role: 'assistant', text: entry.text, calls: entry.calls });
      open = [...entry.calls];
    } else if (entry.type === 'result') {
      const called = open.find(({ id }) => id === entry.call);
      // Of a transcript that was cut, the call may be missing.
      if (called === undefined) continue;
      open = open.filter((call) => call !== called);
      messages.push({ role: 'tool', call: called.id, name: called.name, text: entry.text });
    }
  }
  close();
  const turns = messages.filter(({ role }) => role === 'assistant').length;
  return turns === 0 ? null : { messages, turns };
}

/** The sittings of the last conversation that came to an end of some kind, one after the other. */
function lastConversation(entries: readonly TranscriptEntry[]): readonly TranscriptEntry[] {
  let talk: TranscriptEntry[] = [];
  let sitting: TranscriptEntry[] = [];
  for (const entry of entries) {
    if (entry.type === 'begin') {
      sitting = [];
      if (entry.goesOn !== true) talk = [];
    } else if (entry.type === 'end') {
      talk = [...talk, ...sitting];
      sitting = [];
    } else sitting.push(entry);
  }
  return talk;
}
