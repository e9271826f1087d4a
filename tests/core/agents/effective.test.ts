import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkAgent } from '../../../runner/core/agents/agent.js';
import { withAgents } from '../../../runner/core/agents/effective.js';
import { formulaFacts } from '../../../runner/core/formula-facts.js';
import { decide } from '../../../runner/core/policy.js';
import { reaches } from '../../../runner/core/reach.js';
import type { Agent, Formula, Policy, Project, Step } from '../../../runner/generated/types.js';
import { cel } from '../../cel.js';

const project: Project = { version: 1, project: 'p' };
const bringing = (more: Partial<Agent>): Agent => ({ agent: 'tool', command: { argv: ['tool'] }, ...more });
const formulaOf = (step: Partial<Step>): Formula => ({
  formula: 'f',
  version: 1,
  agent: 'tool',
  steps: [
    { id: 'work', agent: 'Work.', ...step },
    { id: 'test', check: 'true', needs: ['work'] },
  ],
});

function joined(agent: Partial<Agent>, step: Partial<Step> = {}, more: Partial<Project> = {}): Step {
  const formula = withAgents(formulaOf(step), new Map([['tool', bringing(agent)]]), { ...project, ...more });
  assert.equal(formula.steps[1], { id: 'test', check: 'true', needs: ['work'] }, 'another step is as it was');
  return formula.steps[0] ?? { id: '' };
}

test('an agent that brings nothing leaves a step as it is', () => {
  assert.equal(joined({}), { id: 'work', agent: 'Work.' });
});

test('hosts come to those that the step, or its project, asks for', () => {
  const network = (...args: Parameters<typeof joined>): unknown => joined(...args).network;
  const hosts = ['api.example'];
  assert.equal(network({ network: hosts }), ['api.example']);
  assert.equal(network({ network: hosts }, { network: ['a.example', 'api.example'] }), ['a.example', 'api.example']);
  assert.equal(network({ network: hosts }, { network: 'none' }), ['api.example']);
  assert.equal(network({ network: hosts }, {}, { sandbox: { network: ['a.example'] } }), ['a.example', 'api.example']);
  assert.is(network({ network: hosts }, { network: 'full' }), 'full');
  assert.is(network({ network: 'full' }, { network: ['a.example'] }), 'full');
  assert.is(network({ network: hosts }, { network: 'allowed' }), 'allowed');
  assert.is(network({ network: 'none' }, { network: 'full' }), 'full');
  assert.is(network({}, { network: 'none' }), 'none');
});

test('secrets come to the step’s own, which keep how they are handed over; variables and image are the step’s where it has them', () => {
  const agent = { secrets: ['KEY', { name: 'FILE', as: 'file' as const }], env: { A: '1', B: '1' }, image: 'tool:1' };
  assert.equal(joined(agent, { secrets: ['FILE'], env: { B: '2' } }), {
    id: 'work',
    agent: 'Work.',
    secrets: ['FILE', 'KEY'],
    env: { A: '1', B: '2' },
    image: 'tool:1',
  });
  assert.is(joined(agent, { image: 'own:1' }).image, 'own:1');
});

test('the policy is asked about what an agent brings, as about a step’s own', () => {
  const agents = new Map([['tool', bringing({ network: ['api.example'], secrets: ['KEY'] })]]);
  const formula = withAgents(formulaOf({}), agents, project);
  const decided = (policy: Partial<Policy>): string => {
    const { tier, denied } = decide(
      { goal: 'x' },
      formulaFacts(formula),
      null,
      { version: 1, default: 'low', ...policy },
      cel,
    );
    return denied.length > 0 ? 'denied' : tier;
  };
  assert.is(decided({}), 'denied');
  assert.is(
    decided({ secrets: { KEY: { formulas: ['f'], tier: 'low' } } }),
    'denied',
    'what an agent executes has the secret',
  );
  assert.is(decided({ secrets: { KEY: { formulas: ['f'], tier: 'low', 'after-agent': true } } }), 'high');
  const refused = (policy: Partial<Policy>): boolean =>
    reaches(formula, project, { version: 1, ...policy }).some(({ failure }) => failure !== null);
  assert.is(refused({}), true);
  assert.is(refused({ network: { allow: ['*.example'] } }), false);
});

test('what is wrong with a command is told of its file', () => {
  const faults = (more: Partial<Agent>): readonly string[] =>
    checkAgent(bringing(more), 'tool', project).map(({ path, message }) => `${path.join('.')}: ${message}`);
  assert.equal(faults({}), []);
  assert.equal(faults({ command: { argv: ['tool', '--file={{ prompt-file }}'] } }), []);
  assert.match(faults({ command: { argv: ['-tool'] } })[0] ?? '', /^command\.argv\.0: `-tool` is no program/);
  assert.match(
    faults({ command: { argv: ['tool', '{{ order.goal }}'] } })[0] ?? '',
    /^command\.argv\.1: .*stands for nothing/,
  );
  assert.match(faults({ command: { argv: ['tool', 'a\0b'] } })[0] ?? '', /NUL/);
  assert.match(faults({ network: ['1.2.3.4'] })[0] ?? '', /^network\.0: .*is an address/);
  assert.match(faults({ secrets: ['PATH'] })[0] ?? '', /^secrets\.0: `PATH` is a variable of the runner's own/);
  assert.match(faults({ secrets: ['KEY'], env: { KEY: '' } })[0] ?? '', /`KEY` twice/);
});

test.run();
