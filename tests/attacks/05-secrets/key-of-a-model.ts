import * as assert from 'uvu/assert';
import { ServedModels } from '../../../runner/adapters/models/models.js';
import { systemClock } from '../../../runner/adapters/clock.js';
import { describeFailure } from '../../../runner/core/describe-failure.js';
import { inTurn } from '../../models/script.js';
import { SCRIPTED, modelServer } from '../../models/server.js';
import type { Attack } from '../attack.js';

const KEY = 'sk-of-the-project-0123456789';

export const attack: Attack = {
  title: 'redirects who asks a model to another host, and says the key back in an error',
  story:
    'Somebody has the server of a model, or sits where its name leads. It sends the runner on to a host of theirs, hoping that the key comes along as it does with many clients, and repeats the key in an error, with an escape sequence before it, so that it gets into logs, records and terminals. No redirect is followed, and what a server says is masked and made visible.',
  by: 'anybody',
  attempt: async () => {
    const theirs = await modelServer({ script: inTurn({ text: 'Thank you.' }) });
    const server = await modelServer({
      script: ({ turn }) =>
        turn % 2 === 1
          ? { fault: 'redirect', to: `${theirs.url}/api/chat` }
          : { fault: 'status', status: 400, message: `\u001b]0;owned\u0007 ${KEY} is known` },
      key: KEY,
    });
    try {
      for (const provider of ['openai', 'ollama'] as const) {
        const baseUrl = provider === 'openai' ? server.openaiUrl : server.url;
        const models = new ServedModels({ MODEL_KEY: KEY }, systemClock);
        const model = await models.open('m', { provider, model: SCRIPTED, baseUrl, keyEnv: 'MODEL_KEY' });
        for (const wanted of [/redirects to/, /400: .*\*\*\* is known/]) {
          const messages = [{ role: 'user', text: 'Why?' }] as const;
          const answer = await model.answer({ messages, tools: [] }, new AbortController().signal);
          assert.is(answer.ok, false);
          if (answer.ok) continue;
          const words = JSON.stringify([answer.failure, describeFailure(answer.failure)]);
          assert.match(words, wanted);
          assert.not.ok(words.includes(KEY));
          assert.not.match(answer.failure.why, '\u001b');
        }
      }
      assert.is(theirs.seen.length, 0);
    } finally {
      await Promise.all([theirs.close(), server.close()]);
    }
  },
};
