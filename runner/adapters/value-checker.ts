import { Ajv } from 'ajv';
import { schemaFaults } from './schema-faults.js';

/** Compiles a JSON Schema that a formula holds. Loaded when a formula has inputs or outputs: the compiler is large. */
export function valueChecker(schema: Readonly<Record<string, unknown>>): (value: unknown) => readonly string[] {
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true });
  try {
    const check = ajv.compile(schema);
    return (value) =>
      check(value)
        ? []
        : schemaFaults(check.errors ?? []).map(({ path, message }) => `${path.join('.') || 'the value'}: ${message}`);
  } catch (error) {
    // A schema that is itself wrong is the formula's fault, and said instead of a check.
    if (error instanceof Error) return () => [`the schema itself is wrong: ${error.message}`];
    throw error;
  }
}
