import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { modelHealth, type ModelFact } from '../../../runner/core/agents/health.js';
import { modelFaults } from '../../../runner/core/agents/models-check.js';
import type { Failure } from '../../../runner/core/failure.js';
import { modelDown } from '../../../runner/core/parked.js';
import type { Agent, Project, Step } from '../../../runner/generated/types.js';

type Models = NonNullable<Project['models']>;
type Spec = Models[string];

const OLLAMA: Spec = { provider: 'ollama', model: 'qwen3' };
const OPENAI: Spec = { provider: 'openai', model: 'gpt', baseUrl: 'http://localhost:1234/v1' };

test('keys under `models` that say nothing, or give a key away, are faults', () => {
  const cases: readonly [Spec, RegExp | null, string?][] = [
    [OLLAMA, null],
    [OPENAI, null],
    [{ ...OLLAMA, baseUrl: 'https://ollama.example/', keyEnv: 'K' }, null],
    [{ ...OLLAMA, baseUrl: 'http://gpu.example:11434' }, null],
    [{ ...OPENAI, keyEnv: 'K' }, null],
    [{ ...OPENAI, baseUrl: 'http://127.0.0.1:8080/v1', keyEnv: 'K' }, null],
    [{ ...OPENAI, baseUrl: 'http://[::1]:8080/v1', keyEnv: 'K' }, null],
    [{ provider: 'openai', model: 'gpt', keyEnv: 'K' }, null],
    [{ provider: 'openai', model: 'gpt' }, /wants a key/, ''],
    [{ ...OLLAMA, keyEnv: 'K' }, /wherever OLLAMA_HOST says/, 'keyEnv'],
    [{ ...OPENAI, baseUrl: 'https://ada:secret@models.example/v1' }, /must not hold credentials/, 'baseUrl'],
    [{ ...OPENAI, baseUrl: 'https://models.example/v1?key=secret' }, /query or a fragment/, 'baseUrl'],
    [{ ...OPENAI, baseUrl: 'http://models.example/v1', keyEnv: 'K' }, /for everybody to read/, 'baseUrl'],
    [{ ...OPENAI, baseUrl: 'http://127.0.0.1.example/v1', keyEnv: 'K' }, /for everybody to read/, 'baseUrl'],
    [{ ...OPENAI, baseUrl: 'http://:' }, /no URL/, 'baseUrl'],
    [{ ...OLLAMA, baseUrl: 'http://localhost:11434/api' }, /by the server alone/, 'baseUrl'],
    [{ ...OLLAMA, baseUrl: 'http://localhost:11434/v1/' }, /by the server alone/, 'baseUrl'],
  ];
  for (const [spec, wanted, key] of cases) {
    const [fault, ...more] = modelFaults({ models: { default: spec } });
    assert.equal(more, []);
    if (wanted === null) assert.is(fault, undefined, JSON.stringify(spec));
    else {
      assert.match(fault?.message ?? '', wanted);
      assert.equal(fault?.path, ['models', 'default', ...(key === '' || key === undefined ? [] : [key])]);
      assert.not.match(`${fault?.message ?? ''} ${fault?.hint ?? ''}`, 'secret');
    }
  }
});

const gone = (model: string): Failure & { class: 'model-unavailable' } => ({
  class: 'model-unavailable',
  model,
  why: 'no server answers',
  mend: 'Start it.',
});
const down = (
  agent: Partial<Agent>,
  dead: readonly string[],
  models: Models,
  steps: Step[] = [{ id: 'fix', agent: 'Fix it.' }],
): ReturnType<typeof modelDown> =>
  modelDown(
    {
      formula: { formula: 'fix', version: 1, agent: 'fixer', steps },
      agents: new Map([['fixer', { agent: 'fixer', ...agent }]]),
    },
    {
      project: { version: 1, project: 'p', models },
      modelFailure: (name) => (dead.includes(name) ? gone(name) : null),
    },
  );

test('an order waits for a model only if none that its agent names answers', () => {
  const models = { default: OLLAMA, careful: OPENAI };
  assert.is(down({}, [], models), null);
  assert.equal(down({}, ['default'], models), {
    on: 'model',
    reason: 'the model default is not available',
    failure: gone('default'),
  });
  assert.is(down({}, ['careful'], models), null);
  assert.is(down({ fallback: ['careful'] }, ['default'], models), null);
  const both = down({ fallback: ['careful'] }, ['default', 'careful'], models);
  assert.equal([both?.on, both?.reason], ['model', 'none of the models default, careful is available']);
  assert.is(down({ command: { argv: ['claude'] } }, ['default'], {}), null);
});

test('an agent that works only where there is one holds nothing up: without a model, or where nobody knows whether it will be asked', () => {
  const spare: Step = { id: 'fix', agent: 'Fix it.', 'if-agent': 'fixer' };
  const maybe = { ...spare, when: 'tier == "low"' };
  assert.is(down({}, [], {}, [spare]), null);
  assert.is(down({}, ['default'], { default: OLLAMA }, [maybe]), null);
  // What is sure to be asked is looked for before anything is claimed.
  assert.is(down({}, ['default'], { default: OLLAMA }, [spare])?.on, 'model');
  assert.is(down({}, [], {}, [spare, { id: 'more', agent: 'More.' }])?.on, 'config');
});

test('an agent whose model the project does not have waits for the file that should say it', () => {
  const cases: readonly [Partial<Agent>, string][] = [
    [{}, 'default'],
    [{ model: 'careful', fallback: ['default'] }, 'careful'],
  ];
  for (const [agent, key] of cases) {
    const parked = down(agent, [], key === 'default' ? {} : { default: OLLAMA });
    assert.is(parked?.on, 'config');
    assert.match(parked?.reason ?? '', `no model ${key}, which the agent fixer uses`);
    const [problem] = parked?.failure?.class === 'config-invalid' ? parked.failure.problems : [];
    assert.is(problem?.file, 'pushpals.yml');
    assert.match(problem?.hint ?? '', `models: { ${key}: `);
  }
});

test('doctor says of each model what it can, and what somebody should look at', () => {
  const able = { contextTokens: 32_768, callsTools: true } as const;
  const cases: readonly [Spec, ModelFact['found'], 'ok' | 'warn', RegExp, RegExp?][] = [
    [OLLAMA, able, 'ok', /^qwen3 by ollama, 32768 tokens fit, native tool calls, no price$/],
    [OLLAMA, { ...able, callsTools: false }, 'ok', /tool calls as text/],
    [{ ...OLLAMA, calls: 'text' }, able, 'ok', /tool calls as text/],
    [{ ...OLLAMA, calls: 'native' }, { ...able, callsTools: false }, 'warn', /knows no tool calls/, /calls: auto/],
    [OPENAI, { ...able, contextIsGuessed: true }, 'warn', /a guess/, /`context`/],
    [{ ...OPENAI, keyEnv: 'K' }, able, 'warn', /key in K, no price; what it costs is in no budget/, /`price/],
    [{ ...OPENAI, keyEnv: 'K', price: { input: 1, output: 2.5 } }, able, 'ok', /\$1 and \$2.5 a million tokens/],
    [OLLAMA, gone('default'), 'warn', /^no server answers$/, /^Start it.$/],
  ];
  for (const [spec, found, state, words, mend] of cases) {
    const [finding] = modelHealth([{ name: 'default', spec, found }]);
    assert.equal([finding?.check, finding?.state], ['model default', state]);
    assert.match(finding?.found ?? '', words);
    assert.match(finding?.mend ?? '', mend ?? /^$/);
  }
});

test.run();
