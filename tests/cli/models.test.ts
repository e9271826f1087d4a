import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { modelServer, SCRIPTED } from '../models/server.js';
import { inTurn } from '../models/script.js';
import { makeProject } from './program.js';

interface Finding {
  readonly check: string;
  readonly state: string;
  readonly found: string;
  readonly mend?: string;
}

test('doctor says of each model what its server says, and what mends it; validate, what would give a key away', async () => {
  const server = await modelServer({ script: inTurn({}), key: 'sk-very-secret' });
  const open = await modelServer({ script: inTurn({}) });
  const project = await makeProject('host');
  try {
    await project.commit({
      'pushpals.yml': `version: 1
project: test
sandbox: { driver: host }
models:
  careful: { provider: openai, model: ${SCRIPTED}, baseUrl: "${server.openaiUrl}", keyEnv: MODEL_KEY, price: { input: 1, output: 4 } }
  default: { provider: ollama, model: ${SCRIPTED} }
  missing: { provider: ollama, model: "qwen3:4b", baseUrl: "${open.url}" }
`,
    });
    const models = async (env: Record<string, string>): Promise<readonly Finding[]> => {
      const { stdout } = await project.pushpals(['doctor', '--json'], { env: { OLLAMA_HOST: open.url, ...env } });
      assert.not.match(stdout, 'very-secret');
      const { findings } = JSON.parse(stdout) as { findings: readonly Finding[] };
      return findings.filter(({ check }) => check.startsWith('model '));
    };
    assert.equal(await models({ MODEL_KEY: 'sk-very-secret' }), [
      {
        check: 'model careful',
        state: 'ok',
        found: `${SCRIPTED} by openai, 32768 tokens fit, native tool calls, key in MODEL_KEY, $1 and $4 a million tokens`,
      },
      {
        check: 'model default',
        state: 'ok',
        found: `${SCRIPTED} by ollama, 32768 tokens fit, native tool calls, no price`,
      },
      {
        check: 'model missing',
        state: 'warn',
        found: `${open.url}: it does not have qwen3:4b`,
        mend: 'ollama pull qwen3:4b',
      },
    ]);
    const [careful] = await models({ MODEL_KEY: '' });
    assert.equal([careful?.state, careful?.mend], ['warn', 'Set MODEL_KEY where the runner starts.']);

    await project.commit({
      'pushpals.yml':
        'version: 1\nproject: test\nsandbox: { driver: host }\nmodels:\n  a: { provider: openai, model: m, baseUrl: "http://models.example/v1", keyEnv: MODEL_KEY }\n',
    });
    const invalid = await project.pushpals(['validate']);
    assert.is(invalid.exitCode, 2);
    assert.match(invalid.stdout + invalid.stderr, /pushpals\.yml:5:[^]*for everybody to read/);
  } finally {
    await Promise.all([server.close(), open.close(), project.remove()]);
  }
});

test.run();
