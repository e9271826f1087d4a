import type { Talk } from '../../core/replay/talk.js';
import { fail, ok } from '../../core/failure.js';
import type { Models, ModelUnavailable } from '../ports/models.js';

/**
 * Models that say what the transcript of a step has them say, one answer after the other, whatever they are asked: where the asking differs, the
 * transcripts do. No server is talked to.
 */
export function playback({ facts, answers }: Talk): Models {
  let next = 0;
  const gone = (model: string, why: string): ModelUnavailable => ({
    class: 'model-unavailable',
    model,
    why,
    mend: '`pushpals replay --live` asks the model itself.',
  });
  const { contextTokens, calls, digest } = facts;
  const abilities = { contextTokens, callsTools: calls === 'native', ...(digest === undefined ? {} : { digest }) };
  return {
    open: (name, spec) =>
      Promise.resolve({
        name,
        spec,
        unavailable: () => Promise.resolve(null),
        abilities: () =>
          Promise.resolve(name === facts.name ? ok(abilities) : fail(gone(name, 'it did not answer in the record'))),
        answer: () => {
          const said = answers[next];
          if (said === undefined) return Promise.resolve(fail(gone(name, 'the record has no further answer')));
          next += 1;
          const { inputTokens, outputTokens } = said.usage;
          return Promise.resolve(ok({ text: said.text, calls: said.calls, inputTokens, outputTokens, end: said.end }));
        },
      }),
  };
}
