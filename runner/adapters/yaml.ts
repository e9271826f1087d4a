import { stringify } from 'yaml';
import type { Located } from '../app/ports/formats.js';
import { fail, ok, type Problem, type Result } from '../core/failure.js';
import type { Validator } from '../generated/validators.js';
import { schemaFaults } from './schema-faults.js';
import { decodeText, tidyProblems, type Problems, type SourceText } from './text-file.js';
import { Places } from './yaml-places.js';
import { Conversion, parseTree, YAML_LIMITS, type YamlLimits } from './yaml-tree.js';

/** Reads and checks a YAML (or JSON) file from bytes that anybody may have written; fails with every problem of the file. */
export function parseYaml<T>(
  file: string,
  bytes: Uint8Array,
  validator: Validator<T>,
  limits: Partial<YamlLimits> = {},
): Result<Located<T>, Problems> {
  const bounds = { ...YAML_LIMITS, ...limits };
  const source = decodeText(file, bytes, bounds.maxBytes);
  if (!source.ok) return source;
  const plain = readPlain(source.value, bounds);
  if (!plain.ok) return plain;
  return check(source.value, plain.value, validator);
}

/** A file's value before its shape is checked. */
export interface Plain {
  readonly value: unknown;
  readonly places: Places;
  /** Problems that leave a value to check all the same, such as a key that is there twice. */
  readonly problems: readonly Problem[];
}

/** Reads YAML into plain JSON values. Where the syntax is broken, nothing else is looked at. */
export function readPlain(source: SourceText, limits: YamlLimits = YAML_LIMITS): Result<Plain, Problems> {
  const tree = parseTree(source, limits);
  if (tree.problems.length > 0) return fail({ problems: tidyProblems(tree.problems) });
  const conversion = new Conversion(source, limits);
  const { value } = conversion.convert(tree.root);
  if (conversion.overflow !== null) return fail({ problems: [conversion.overflow] });
  return ok({ value, places: new Places(source, tree.root), problems: conversion.problems });
}

/** Joins what reading and the schema found wrong. */
export function check<T>(
  source: SourceText,
  { value, places, problems }: Plain,
  validator: Validator<T>,
): Result<Located<T>, Problems> {
  const valid = validator(value);
  if (valid && problems.length === 0) return ok({ value, positionOf: (path) => places.of(path) });
  const faults = valid ? [] : schemaFaults(validator.errors ?? []);
  const told = faults.map(({ path, key, message, hint }) =>
    source.problem(key === undefined ? places.offset(path) : places.keyOffset(path, key), message, hint),
  );
  if (source.text.trim() === '')
    return fail({ problems: [source.problem(0, 'the file is empty', 'The README of its folder has an example.')] });
  // What could not be kept was told already; that it is now missing is no news.
  const news = told.filter(
    (problem) => !problems.some((known) => known.line === problem.line && known.column === problem.column),
  );
  return fail({ problems: tidyProblems([...problems, ...news]) });
}

/**
 * YAML of plain JSON values, keys in the order given: one stable text for equal values. Text of several lines becomes a block;
 * nothing is wrapped, and nothing is shared by anchors.
 */
export function stringifyYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, blockQuote: 'literal', version: '1.2' });
}
