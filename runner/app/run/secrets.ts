import type { Project, Policy } from '../../generated/types.js';
import { fail, ok, type Result } from '../../core/failure.js';
import type { Node } from '../../core/graph.js';
import type { LoadedFormula } from '../../core/observed.js';
import { patternsOf } from '../../core/secrets/encodings.js';
import { secretRules, secretUses, wantedBy } from '../../core/secrets/grants.js';
import { Masker, maskedText, maskedValue } from '../../core/secrets/masker.js';
import { Matcher } from '../../core/secrets/matcher.js';
import type { HandedSecret } from '../ports/sandbox.js';
import type { SecretStore } from '../ports/secrets.js';

/** The secrets that a run has handed out. All of them are masked in whatever is kept of it: what one step leaves another can print. */
export class RunSecrets {
  readonly #values = new Map<string, string>();
  #matcher = new Matcher([]);

  constructor(
    private readonly store: SecretStore,
    private readonly project: Project,
    private readonly policy: Policy,
    private readonly formula: LoadedFormula['formula'],
  ) {}

  /** The values that a step gets, if the policy grants it each of them. */
  async handedTo({ step }: Node): Promise<Result<readonly HandedSecret[]>> {
    const wanted = wantedBy(step);
    if (wanted.length === 0) return ok([]);
    const uses = secretUses(this.formula).filter((use) => use.step === step.id);
    const { denied } = secretRules(this.formula.formula, uses, this.policy);
    if (denied.length > 0) return fail({ class: 'policy-denied', reasons: denied });
    const handed: HandedSecret[] = [];
    for (const { name, as } of wanted) {
      const value = await this.#valueOf(name);
      if (!value.ok) return value;
      handed.push({ name, value: value.value, as });
    }
    return ok(handed);
  }

  /** A masker of one stream. */
  masker(): Masker {
    return new Masker(this.#matcher);
  }

  /** What finds the values handed out so far, in any of their forms. */
  get matcher(): Matcher {
    return this.#matcher;
  }

  maskedText(text: string): string {
    return maskedText(text, this.#matcher);
  }

  masked<T>(value: T): T {
    return maskedValue(value, this.#matcher);
  }

  async #valueOf(name: string): Promise<Result<string>> {
    const known = this.#values.get(name);
    if (known !== undefined) return ok(known);
    const { secrets = {} } = this.project;
    const read = await this.store.read(name, Object.hasOwn(secrets, name) ? secrets[name] : undefined);
    if (!read.ok) return read;
    this.#values.set(name, read.value);
    this.#matcher = new Matcher([...this.#values.values()].flatMap(patternsOf));
    return read;
  }
}
