import { transcriptName } from '../../core/evidence.js';
import type { Node } from '../../core/graph.js';
import type { Difference } from '../../core/replay/compare.js';
import { recordedTalk, sittingsOf, talkDifference } from '../../core/replay/talk.js';
import type { Models } from '../ports/models.js';
import { playback } from './playback.js';
import type { RecordedRun } from './recorded.js';

/** What the agents of a recorded run said, by its steps. */
export class Talks {
  readonly #talks: ReadonlyMap<string, ReturnType<typeof recordedTalk>>;
  readonly #models = new Map<string, Models>();

  constructor({ evidence, rounds }: RecordedRun, nodes: readonly Node[]) {
    const textOf = (key: Node['key']): string | null => {
      const bytes = evidence.files.get(transcriptName(nodes, key));
      return bytes === undefined ? null : Buffer.from(bytes).toString('utf8');
    };
    this.#talks = new Map(nodes.map(({ key }) => [key, recordedTalk(textOf(key), sittingsOf(rounds, key))]));
  }

  /** Why what a step's agent said cannot be said again; null if it can. */
  mute(step: string): string | null {
    const talk = this.#talks.get(step);
    return talk?.ok === false ? talk.failure : null;
  }

  /** Models that say it again, sitting after sitting; null where nobody knows what that was. */
  models(step: string): Models | null {
    const talk = this.#talks.get(step);
    if (talk?.ok !== true) return null;
    const models = this.#models.get(step) ?? playback(talk.value);
    this.#models.set(step, models);
    return models;
  }

  /** Where what was said this time, as a transcript, first differs from it; null where it does not, or nobody knows. */
  difference(step: string, now: string): Difference | null {
    const talk = this.#talks.get(step);
    return talk?.ok === true ? talkDifference(step, talk.value, now) : null;
  }
}
