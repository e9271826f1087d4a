import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Message } from '../../runner/core/agents/message.js';
import { fakeModels } from './fake.js';
import { inTurn } from './script.js';

const SPEC = { provider: 'ollama', model: 'fake' } as const;
const QUESTION: readonly Message[] = [{ role: 'user', text: 'Why?' }];
const NEVER = new AbortController().signal;

test('a model in memory answers by its script, and keeps what it was asked', async () => {
  const models = fakeModels({
    script: inTurn({ calls: [{ name: 'read', arguments: '{"path":"a"}' }] }, { fault: 'cut' }),
  });
  const model = await models.open('default', SPEC);
  assert.is(await model.unavailable(), null);
  const asked = await model.answer({ messages: QUESTION, tools: [] }, NEVER);
  assert.ok(asked.ok);
  assert.is(asked.value.end, 'calls');
  assert.equal(asked.value.calls, [{ id: 'call-1', name: 'read', arguments: { ok: true, value: { path: 'a' } } }]);
  const cut = await model.answer({ messages: QUESTION, tools: [] }, NEVER);
  assert.is(cut.ok ? null : cut.failure.class, 'model-unavailable');
  assert.is(models.asked.length, 2);
});

test('a model in memory can be down', async () => {
  const models = fakeModels({
    script: inTurn({}),
    down: (name) => (name === 'default' ? 'no server answers' : null),
  });
  const [down, up] = [await models.open('default', SPEC), await models.open('other', SPEC)];
  assert.is((await down.unavailable())?.why, 'no server answers');
  assert.is((await down.abilities()).ok, false);
  assert.is(await up.unavailable(), null);
});

test.run();
