import { readFile } from 'node:fs/promises';
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

test('an order waits for its model and uses up no attempt; a model that the project does not have is a matter of its file', async () => {
  const project = await makeProject('host');
  const withModels = (models: string): Promise<void> =>
    project.commit({ 'pushpals.yml': `version: 1\nproject: test\nsandbox: { driver: host }\nmodels: ${models}\n` });
  const server = await modelServer({ script: inTurn({ text: 'Nothing to do.' }) });
  const url = server.url;
  await server.close();
  try {
    await project.commit({
      'formulas/fix.yml': 'formula: fix\nversion: 1\nrisk: low\nagent: fixer\nsteps: [{ id: fix, agent: Mend it. }]\n',
      'agents/fixer.yml': 'agent: fixer\nfallback: [other]\n',
    });
    await withModels(
      `{ default: { provider: ollama, model: a, baseUrl: "${url}" }, other: { provider: ollama, model: b, baseUrl: "${url}" } }`,
    );
    await project.write('ops/inbox/one.yml', 'goal: Mend the test.\nformula: fix\n');
    const waits = await project.pushpals(['tick', '--json']);
    assert.is(waits.exitCode, 3, waits.stdout + waits.stderr);
    assert.match(waits.stdout, 'none of the models default, other is available');
    const record = await readFile(`${project.dir}/ops/waiting/one.yml`, 'utf8');
    assert.match(record, /\n {2}on: model\n/);
    assert.match(record, /\nattempts: 0\n/);
    const { stdout: status } = await project.pushpals(['status']);
    assert.match(status, 'none of the models default, other is available');
    assert.match(status, 'pushpals doctor');

    // What is not there under `models:` is a matter of the file.
    await withModels(`{ other: { provider: ollama, model: b, baseUrl: "${url}" } }`);
    const config = await project.pushpals(['tick']);
    assert.is(config.exitCode, 2);
    assert.match(config.stdout + config.stderr, 'the project has no model default, which the agent fixer uses');
  } finally {
    await project.remove();
  }
});

test.run();
