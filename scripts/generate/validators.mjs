import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { transform } from 'esbuild';
import { bundle, FORMATS, mapSchemas } from './bundle.mjs';

const BANNER = '// Made from schemas/pushpals.schema.json by scripts/generate.mjs. Change the schema, not this file.\n';

/** @returns {Promise<string>} the text of `runner/generated/validators.js` */
export async function validators() {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: true,
    discriminator: true,
    inlineRefs: false,
    code: { source: true, esm: true },
  });
  // Draft-07 ignores what stands beside a $ref: there it is documentation, and defaults are applied where a value is used.
  ajv.addSchema(mapSchemas(bundle, (schema) => (schema.$ref === undefined ? schema : { $ref: schema.$ref })));
  const refs = Object.fromEntries(FORMATS.map((name) => [name, `${bundle['$id']}#/definitions/${name}`]));
  const code = /** @type {typeof standalone.default} */ (/** @type {unknown} */ (standalone.default ?? standalone))(
    ajv,
    refs,
  );
  // ajv writes `require` for its run-time parts, which an ES module does not have.
  const imports = new Map();
  const asModule = code.replace(/\bconst (\w+) = require\("([^"]+)"\)\.default;?/g, (_all, name, specifier) => {
    imports.set(name, specifier);
    return '';
  });
  if (/\brequire\(/.test(asModule)) throw new Error('the validators still use require()');
  const head = [...imports].map(
    ([name, specifier]) =>
      `import ${name}Module from ${JSON.stringify(`${specifier}.js`)};\nconst ${name} = ${name}Module.default;\n`,
  );
  const { code: formatted } = await transform(head.join('') + asModule, {
    format: 'esm',
    charset: 'utf8',
    target: 'es2022',
  });
  return BANNER + formatted;
}

/** @returns {string} the text of `runner/generated/validators.d.ts` */
export function declarations() {
  const names = {
    project: 'Project',
    formula: 'Formula',
    agent: 'Agent',
    policy: 'Policy',
    policyTests: 'PolicyTests',
    order: 'Order',
    record: 'OrderRecord',
    request: 'VaultRequest',
    trigger: 'TriggerRecord',
    lesson: 'Lesson',
  };
  return `${BANNER}import type { ErrorObject } from 'ajv';
import type { ${Object.values(names).sort().join(', ')} } from './types.js';

/** Checks a value's shape. The errors of the last call, each with the schema it broke, are in \`errors\`. */
export interface Validator<T> {
  (data: unknown): data is T;
  errors?: ErrorObject[] | null;
}

${FORMATS.map((name) => `export const ${name}: Validator<${names[name]}>;`).join('\n')}
`;
}
