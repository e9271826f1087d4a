import * as assert from 'uvu/assert';
import type { Model, ModelAnswer, ModelRequest, ModelSpec, ModelUnavailable } from '../../runner/app/ports/models.js';
import type { Message } from '../../runner/core/agents/message.js';
import type { Result } from '../../runner/core/failure.js';
import { inTurn, type Asked, type Script } from '../models/script.js';

type Register = (name: string, run: () => Promise<void>) => void;

/** A model that answers by a script, with what it was asked. */
export interface Rig {
  readonly model: Model;
  readonly asked: readonly Asked[];
}

export type WithModel = (script: Script, run: (rig: Rig) => Promise<void>, spec?: Partial<ModelSpec>) => Promise<void>;

export const NEVER = new AbortController().signal;
export const TALK: readonly Message[] = [
  { role: 'system', text: 'You mend programs.' },
  { role: 'user', text: 'Why is it broken?' },
];
export const READ = {
  name: 'read',
  description: 'Reads a file.',
  parameters: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
} as const;
export const request = (more: Partial<ModelRequest> = {}): ModelRequest => ({ messages: TALK, tools: [], ...more });

export function answered(result: Result<ModelAnswer, ModelUnavailable>): ModelAnswer {
  if (!result.ok) throw new Error(`no answer: ${result.failure.why}`);
  return result.value;
}

export function refused(result: Result<unknown, ModelUnavailable>): ModelUnavailable {
  if (result.ok) throw new Error('it answered');
  assert.is(result.failure.class, 'model-unavailable');
  assert.ok(result.failure.why.length > 0 && result.failure.mend.length > 0);
  return result.failure;
}

/** What every model must hold, whatever protocol its server speaks: the loop knows no other. */
export function modelContract(name: string, withModel: WithModel, register: Register): void {
  const test = (what: string, script: Script, run: (rig: Rig) => Promise<void>, spec?: Partial<ModelSpec>): void => {
    register(`${name}: ${what}`, () => withModel(script, run, spec));
  };
  const fails = (what: string, script: Script, times: number): void => {
    test(`${what} fails, and nothing of it counts`, script, async ({ model, asked }) => {
      refused(await model.answer(request({ tools: [READ] }), NEVER));
      assert.is(asked.length, times);
    });
  };

  test(
    'an answer comes whole, as text while it comes, and counted',
    () => ({ text: 'Because of b.ts.', usage: { input: 31, output: 7 } }),
    async ({ model, asked }) => {
      const heard: string[] = [];
      const answer = answered(await model.answer(request(), NEVER, (text) => heard.push(text)));
      assert.equal(answer, { text: 'Because of b.ts.', calls: [], inputTokens: 31, outputTokens: 7, end: 'stop' });
      assert.is(heard.join(''), 'Because of b.ts.');
      assert.equal(
        asked[0]?.messages.map(({ role, text }) => [role, text]),
        [
          ['system', 'You mend programs.'],
          ['user', 'Why is it broken?'],
        ],
      );
      assert.equal([asked[0]?.options.temperature, asked[0]?.options.seed], [0, 1]);
    },
  );

  test(
    'the project says how freely it answers, and from which seed',
    inTurn({ text: 'Yes.' }),
    async ({ model, asked }) => {
      answered(await model.answer(request({ maxOutputTokens: 99 }), NEVER));
      const { temperature, seed, maxOutputTokens } = asked[0]?.options ?? {};
      assert.equal([temperature, seed, maxOutputTokens], [0.5, 42, 99]);
    },
    { temperature: 0.5, seed: 42 },
  );

  test(
    'a server that does not count has its tokens estimated',
    inTurn({ text: 'Because.', usage: null }),
    async ({ model }) => {
      const { inputTokens, outputTokens } = answered(await model.answer(request(), NEVER));
      assert.ok(inputTokens > 0 && outputTokens > 0);
    },
  );

  test(
    'tools are offered, asked for, and their results shown',
    inTurn(
      {
        text: 'I look.',
        calls: [
          { name: 'read', arguments: { path: 'a.ts' } },
          { name: 'read', arguments: { path: 'b.ts' }, id: null },
        ],
      },
      { text: 'So.' },
    ),
    async ({ model, asked }) => {
      const { calls, end, text } = answered(await model.answer(request({ tools: [READ] }), NEVER));
      assert.equal([end, text], ['calls', 'I look.']);
      assert.equal(
        asked[0]?.tools.map((tool) => tool.name),
        ['read'],
      );
      assert.equal(asked[0]?.tools[0]?.parameters, READ.parameters);
      assert.equal(
        calls.map((call) => [call.name, call.arguments]),
        [
          ['read', { ok: true, value: { path: 'a.ts' } }],
          ['read', { ok: true, value: { path: 'b.ts' } }],
        ],
      );
      assert.is(new Set(calls.map(({ id }) => id)).size, 2);
      const results: Message[] = calls.map(({ id }) => ({
        role: 'tool',
        call: id,
        name: 'read',
        text: `text of ${id}`,
      }));
      answered(
        await model.answer(
          request({ tools: [READ], messages: [...TALK, { role: 'assistant', text, calls }, ...results] }),
          NEVER,
        ),
      );
      const shown = asked[1]?.messages ?? [];
      assert.equal(
        shown.map(({ role }) => role),
        ['system', 'user', 'assistant', 'tool', 'tool'],
      );
      assert.equal(shown[2]?.calls, [
        { name: 'read', arguments: { path: 'a.ts' } },
        { name: 'read', arguments: { path: 'b.ts' } },
      ]);
      assert.equal(
        shown.slice(3).map((message) => message.text),
        calls.map(({ id }) => `text of ${id}`),
      );
    },
  );

  test(
    'a call keeps an id of its own, whatever the server says',
    inTurn({
      calls: [
        { name: 'read', arguments: {}, id: 'same' },
        { name: 'read', arguments: {}, id: 'same' },
        { name: 'read', arguments: {}, id: 'x'.repeat(10_000) },
      ],
    }),
    async ({ model }) => {
      const { calls } = answered(await model.answer(request({ tools: [READ] }), NEVER));
      assert.is(new Set(calls.map(({ id }) => id)).size, 3);
    },
  );

  test(
    'a tool that there is not, and arguments that are none, are handed on as they are',
    inTurn({
      calls: [
        { name: 'format_disk', arguments: {} },
        { name: 'read', arguments: 'a.ts please' },
        { name: 'read', arguments: '{"path": "a' },
        { name: 'read', arguments: '{"__proto__": {"isAdmin": true}}' },
      ],
    }),
    async ({ model }) => {
      const { calls } = answered(await model.answer(request({ tools: [READ] }), NEVER));
      assert.equal(
        calls.map((call) => [call.name, call.arguments]),
        [
          ['format_disk', { ok: true, value: {} }],
          ['read', { ok: false, text: 'a.ts please' }],
          ['read', { ok: false, text: '{"path": "a' }],
          ['read', { ok: false, text: '{"__proto__": {"isAdmin": true}}' }],
        ],
      );
      const [, unreadable] = calls;
      assert.ok(unreadable !== undefined);
      // What it said can be shown to it again.
      answered(
        await model.answer(
          request({ messages: [...TALK, { role: 'assistant', text: '', calls: [unreadable] }] }),
          NEVER,
        ),
      );
    },
  );

  const schema = { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'] };
  test('an answer can be asked for as JSON of a schema', inTurn({ text: '{"ok":true}' }), async ({ model, asked }) => {
    assert.is(answered(await model.answer(request({ format: schema }), NEVER)).text, '{"ok":true}');
    assert.equal(asked[0]?.format, schema);
  });

  test(
    'an answer that was cut at its length says so',
    inTurn({ text: 'Because of', end: 'length' }),
    async ({ model }) => {
      const { end, text } = answered(await model.answer(request({ maxOutputTokens: 2 }), NEVER));
      assert.equal([end, text], ['length', 'Because of']);
    },
  );

  const busy = { fault: 'status', status: 429, headers: { 'retry-after': '7' } } as const;
  test(
    'a busy server is asked again',
    inTurn(busy, { fault: 'status', status: 503 }, { text: 'Now.' }),
    async ({ model, asked }) => {
      assert.is(answered(await model.answer(request(), NEVER)).text, 'Now.');
      assert.is(asked.length, 3);
    },
  );

  test('a call that is called off fails at once', inTurn({ fault: 'silent' }), async ({ model }) => {
    refused(await model.answer(request(), AbortSignal.abort()));
  });

  fails('a refused key', inTurn({ fault: 'status', status: 401, message: 'no such key' }), 1);
  fails('a model that is gone', inTurn({ fault: 'missing' }), 1);

  test(
    'it is available, and says what it can',
    inTurn({}),
    async ({ model }) => {
      assert.is(await model.unavailable(), null);
      const abilities = await model.abilities();
      assert.ok(abilities.ok);
      assert.equal([abilities.value.contextTokens, abilities.value.callsTools], [16_384, true]);
    },
    { context: 16_384 },
  );
}

/** What every model behind a server must hold besides. `slept` has the waits of `model`, in milliseconds. */
export function servedModelContract(
  name: string,
  withModel: (
    script: Script,
    run: (rig: Rig & { readonly slept: readonly number[] }) => Promise<void>,
    spec?: Partial<ModelSpec>,
  ) => Promise<void>,
  register: Register,
): void {
  const broken = (what: string, script: Script, times: number, why: RegExp, spec?: Partial<ModelSpec>): void => {
    register(`${name}: ${what}`, () =>
      withModel(
        script,
        async ({ model, asked }) => {
          assert.match(refused(await model.answer(request(), NEVER)).why, why);
          assert.is(asked.length, times);
        },
        spec,
      ),
    );
  };
  broken(
    'a stream that is cut counts for nothing, and is asked for again, at most three times',
    inTurn({ fault: 'cut', after: 'Beca' }),
    3,
    /lost|RESET|ECONN/i,
  );
  broken(
    'nor does one that is over without its end',
    inTurn({ fault: 'unfinished', after: 'Beca' }),
    3,
    /did not come to its end/,
  );
  broken('nor one with a line that is no JSON', inTurn({ fault: 'malformed', after: 'Beca' }), 3, /no JSON/);
  broken(
    'nor one that tells of an error in its middle',
    inTurn({ fault: 'told', after: 'Beca', message: 'out of memory' }),
    3,
    /out of memory/,
  );
  broken(
    'a server that fails by its own fault is asked three times',
    inTurn({ fault: 'status', status: 500, message: 'oops' }),
    3,
    /500: oops/,
  );
  broken('a page for people is no answer', inTurn({ fault: 'page' }), 3, /page for people/);
  const much = { name: 'look', arguments: { text: 'x'.repeat(1_500_000) } };
  broken(
    'what is asked of tools is bounded together',
    inTurn({ calls: [much, much, much] }),
    1,
    /too many tools, or with too much/,
  );
  broken('no line is read without end', inTurn({ fault: 'endless-line' }), 1, /does not end/);
  broken(
    'a server that falls silent is given up',
    inTurn({ fault: 'silent', after: 'Beca' }),
    1,
    /said nothing for 0.2 s/,
    { timeout: '200ms' },
  );
  broken(
    'a redirect is not followed',
    inTurn({ fault: 'redirect', to: 'http://elsewhere.example/api/chat' }),
    1,
    /redirects to http:\/\/elsewhere.example/,
  );
  for (const [what, line] of [
    ['no choice and no message', { choices: [], done: true }],
    [
      'a text that is none',
      { message: { role: 'assistant', content: 7 }, choices: [{ delta: { content: 7 } }], done: true },
    ],
    [
      'a role that there is not',
      { message: { role: 'wizard', content: 'x' }, choices: [{ delta: { role: 'wizard', content: 'x' } }], done: true },
    ],
    [
      'calls that are no list',
      { message: { role: 'assistant', tool_calls: 'x' }, choices: [{ delta: { tool_calls: 'x' } }], done: true },
    ],
  ] as const)
    broken(`an answer with ${what} is none`, inTurn({ fault: 'odd', lines: [line] }), 3, /./);

  register(`${name}: a server’s own hint says how long it is left alone, within a bound`, () =>
    withModel(
      inTurn({ fault: 'status', status: 429, headers: { 'retry-after': '7' } }, { fault: 'cut' }, { text: 'Now.' }),
      async ({ model, slept }) => {
        assert.is(answered(await model.answer(request(), NEVER)).text, 'Now.');
        assert.equal(slept, [7000, 2000]);
      },
    ),
  );
  broken(
    'no server is waited for without end',
    inTurn({ fault: 'status', status: 429, headers: { 'retry-after': '86400' } }),
    1,
    /too long/,
  );

  register(`${name}: a text without end is ended, and counts as cut`, () =>
    withModel(inTurn({ fault: 'endless', text: 'na '.repeat(500) }), async ({ model }) => {
      const { end, text } = answered(await model.answer(request({ maxOutputTokens: 1000 }), NEVER));
      assert.equal([end, text.length], ['length', 16_000]);
    }),
  );

  register(`${name}: one that is called off in its middle fails at once, and lets go`, () =>
    withModel(inTurn({ fault: 'silent', after: 'Beca' }), async ({ model }) => {
      const stop = new AbortController();
      const why = refused(
        await model.answer(request(), stop.signal, () => {
          stop.abort();
        }),
      ).why;
      assert.match(why, /called off/);
    }),
  );

  const long = 'All of this is long enough to be told from noise. '.repeat(200);
  const talk: readonly Message[] = [
    { role: 'system', text: 'Mend.' },
    { role: 'user', text: long },
  ];
  register(`${name}: a prompt whose front was dropped is not acted on`, () =>
    withModel(inTurn({ text: 'Yes.', usage: { input: 300, output: 2 } }), async ({ model }) => {
      assert.match(refused(await model.answer(request({ messages: talk }), NEVER)).why, /part of it was dropped/);
    }),
  );
  register(`${name}: nor is one that grew, and was counted as less than before`, () =>
    withModel(
      inTurn({ text: 'Yes.', usage: { input: 2600, output: 2 } }, { text: 'Yes.', usage: { input: 2000, output: 2 } }),
      async ({ model }) => {
        answered(await model.answer(request({ messages: talk }), NEVER));
        const more = await model.answer(request({ messages: [...talk, { role: 'user', text: 'And?' }] }), NEVER);
        assert.match(refused(more).why, /part of it was dropped/);
      },
    ),
  );
  register(`${name}: what does not fit is not sent`, () =>
    withModel(
      inTurn({ text: 'Yes.' }),
      async ({ model, asked }) => {
        assert.match(refused(await model.answer(request({ messages: talk }), NEVER)).why, /1024 fit/);
        assert.is(asked.length, 0);
      },
      { context: 1024 },
    ),
  );
}
