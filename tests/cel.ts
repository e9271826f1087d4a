import { check } from '../runner/adapters/cel-check.js';
import { evaluate } from '../runner/adapters/cel-evaluate.js';
import type { Cel } from '../runner/core/cel.js';

export const cel: Cel = { check, evaluate };
