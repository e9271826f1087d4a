// Made from schemas/pushpals.schema.json by scripts/generate.mjs. Change the schema, not this file.
import type { ErrorObject } from 'ajv';
import type { Agent, Formula, Lesson, Order, OrderRecord, Policy, PolicyTests, Project, TriggerRecord, VaultRequest } from './types.js';

/** Checks a value's shape. The errors of the last call, each with the schema it broke, are in `errors`. */
export interface Validator<T> {
  (data: unknown): data is T;
  errors?: ErrorObject[] | null;
}

export const project: Validator<Project>;
export const formula: Validator<Formula>;
export const agent: Validator<Agent>;
export const policy: Validator<Policy>;
export const policyTests: Validator<PolicyTests>;
export const order: Validator<Order>;
export const record: Validator<OrderRecord>;
export const request: Validator<VaultRequest>;
export const trigger: Validator<TriggerRecord>;
export const lesson: Validator<Lesson>;
