import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cel } from './cel.js';
import { parseYaml } from '../runner/adapters/yaml.js';
import { POLICY_VARIABLES, STEP_VARIABLES } from '../runner/core/cel.js';
import { checkFormula } from '../runner/core/formula.js';
import { checkAgent } from '../runner/core/agents/agent.js';
import { checkPolicy } from '../runner/core/policy-check.js';
import { formulaFacts } from '../runner/core/formula-facts.js';
import { failedCases } from '../runner/core/policy-test.js';
import { checkProject } from '../runner/core/project.js';
import { agent, formula, policy, policyTests, project } from '../runner/generated/validators.js';

const yamlIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => `${folder}/${name}`);

const read = <T>(file: string, validator: Parameters<typeof parseYaml<T>>[2]): T => {
  const parsed = parseYaml(file, readFileSync(file), validator);
  assert.ok(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.failure.problems, null, 1));
  return parsed.value.value;
};

test('what is made from the schema is in step with it', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/generate.mjs', '--check'], { encoding: 'utf8' });
  assert.is(stderr, '');
  assert.is(status, 0);
});

test('every shipped formula is valid', () => {
  const files = yamlIn('formulas');
  assert.ok(files.length > 0);
  for (const file of files) {
    const value = read(file, formula);
    const commands = value.steps.flatMap(({ run, check, diagnose }) =>
      [run, check, diagnose].flatMap((use) => (typeof use === 'object' ? [use.command] : [])),
    );
    const context = {
      commands,
      agents: yamlIn('agents').map((path) => path.replace(/^agents\/|\.ya?ml$/g, '')),
      sandbox: undefined,
      checkCel: (text: string) => cel.check(text, STEP_VARIABLES),
    };
    assert.equal(checkFormula(value, file.replace(/^formulas\/|\.ya?ml$/g, ''), context), [], file);
  }
});

test('every shipped agent is valid', () => {
  const files = yamlIn('agents');
  assert.ok(files.length >= 12);
  for (const file of files)
    assert.equal(
      checkAgent(read(file, agent), file.replace(/^agents\/|\.ya?ml$/g, ''), { version: 1, project: 'p' }),
      [],
      file,
    );
});

test('the shipped policy decides what its tests expect, and another policy does not', () => {
  const shipped = read('policy/policy.yml', policy);
  const facts = new Map(
    yamlIn('formulas').map((file) => [read(file, formula).formula, formulaFacts(read(file, formula))] as const),
  );
  const files = yamlIn('policy/tests');
  assert.ok(files.length > 0);
  for (const file of files) {
    const tests = read(file, policyTests);
    assert.equal(failedCases(tests, shipped, facts, cel), [], file);
    const failed = failedCases(tests, { version: 1, default: 'low' }, facts, cel);
    assert.ok(failed.length > 0);
    assert.match(failed[0]?.message ?? '', /^case `.*`: the policy decides low, auto, not /);
    assert.match(failed[0]?.hint ?? '', /^Because of default \(no rule of the policy names it\)/);
  }
});

test('the shipped policy is valid', () => {
  const files = yamlIn('policy');
  assert.ok(files.length > 0);
  for (const file of files)
    assert.equal(
      checkPolicy(read(file, policy), (text) => cel.check(text, POLICY_VARIABLES)),
      [],
    );
});

test("this repository's own project file is valid", () => {
  assert.equal(
    checkProject(read('pushpals.yml', project), () => null),
    [],
  );
});

/** The YAML examples in the READMEs are what people copy. */
test('every example in the READMEs is valid', () => {
  const examples = [
    ['formulas/README.md', formula],
    ['agents/README.md', agent],
    ['policy/README.md', policy],
  ] as const;
  for (const [file, validator] of examples) {
    const blocks = [...readFileSync(file, 'utf8').matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text]) => text ?? '');
    assert.ok(blocks.length > 0, file);
    for (const text of blocks) {
      const parsed = parseYaml(file, new TextEncoder().encode(text), validator as Parameters<typeof parseYaml>[2]);
      assert.ok(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.failure, null, 1));
    }
  }
});

test('every key has a title or a description, and every reference leads somewhere', () => {
  const bundle = JSON.parse(readFileSync('schemas/pushpals.schema.json', 'utf8')) as {
    definitions: Record<string, Record<string, unknown>>;
  };
  let properties = 0;
  const visit = (node: unknown, at: string): void => {
    if (node === null || typeof node !== 'object') return;
    for (const [key, value] of Object.entries(node as Record<string, unknown>)) {
      if (key === '$ref')
        assert.ok(
          bundle.definitions[String(value).replace('#/definitions/', '')] !== undefined,
          `${at}: ${String(value)}`,
        );
      if (key === 'properties' && !at.includes('/stepStatus/') && !at.includes('/allOf/')) {
        for (const [name, property] of Object.entries(value as Record<string, Record<string, unknown>>)) {
          properties += 1;
          assert.ok('description' in property || '$ref' in property, `${at}/${name} has no description`);
        }
      }
      visit(value, `${at}/${key}`);
    }
  };
  visit(bundle, '');
  assert.ok(properties > 100);
});

test.run();
