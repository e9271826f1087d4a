import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { inTurn } from './script.js';
import { SCRIPTED, modelServer, type ModelServer, type ServerOptions } from './server.js';

async function withServer(options: ServerOptions, run: (server: ModelServer) => Promise<void>): Promise<void> {
  const server = await modelServer(options);
  try {
    await run(server);
  } finally {
    await server.close();
  }
}

const post = (url: string, body: unknown): Promise<Response> =>
  fetch(url, { method: 'POST', body: JSON.stringify(body) });
const QUESTION = { model: SCRIPTED, stream: true, messages: [{ role: 'user', content: 'Why?' }] };

test('it answers in either protocol, and says what it was asked', () =>
  withServer({ script: ({ messages }) => ({ text: `${messages[0]?.text ?? ''} So.` }) }, async (server) => {
    const lines = (await (await post(`${server.url}/api/chat`, QUESTION)).text()).trim().split('\n');
    const parts = lines.map((line) => JSON.parse(line) as { message: { content: string }; done: boolean });
    assert.is(parts.map(({ message }) => message.content).join(''), 'Why? So.');
    assert.equal(
      parts.map(({ done }) => done),
      [false, false, true],
    );
    const events = (await (await post(`${server.openaiUrl}/chat/completions`, QUESTION)).text()).trim().split('\n\n');
    assert.is(events.at(-1), 'data: [DONE]');
    assert.match(events[0] ?? '', '"content":"Why?');
    assert.equal(
      server.asked.map(({ turn, messages }) => [turn, messages[0]?.text]),
      [
        [1, 'Why?'],
        [2, 'Why?'],
      ],
    );
  }));

test('it fails by its script, refuses a wrong key, and tells what it has', () =>
  withServer(
    {
      script: inTurn({ fault: 'status', status: 429, headers: { 'retry-after': '7' } }, { fault: 'cut', after: 'Be' }),
    },
    async (server) => {
      const busy = await post(`${server.url}/api/chat`, QUESTION);
      assert.is(busy.status, 429);
      assert.is(busy.headers.get('retry-after'), '7');
      const cut = await post(`${server.url}/api/chat`, QUESTION);
      assert.is(cut.status, 200);
      assert.ok(
        await cut.text().then(
          () => false,
          () => true,
        ),
      );
      const missing = await post(`${server.url}/api/show`, { model: 'other' });
      assert.equal([missing.status, await missing.json()], [404, { error: "model 'other' not found" }]);
      const tags = await (await fetch(`${server.url}/api/tags`)).text();
      assert.match(tags, SCRIPTED);
    },
  ));

test('it refuses who does not bring its key', () =>
  withServer({ script: inTurn({ text: 'Yes.' }), key: 'k' }, async (server) => {
    assert.is((await fetch(`${server.openaiUrl}/models`)).status, 401);
    const allowed = await fetch(`${server.openaiUrl}/models`, { headers: { authorization: 'Bearer k' } });
    assert.is(allowed.status, 200);
  }));

test.run();
