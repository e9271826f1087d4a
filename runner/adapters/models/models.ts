import type { Clock } from '../../app/ports/machine.js';
import type { Model, Models, ModelSpec } from '../../app/ports/models.js';
import type { Wire } from './wire.js';

/** The project's models. What talks to their servers is loaded when one is opened, and each is kept, with what its server said of it. */
export class ServedModels implements Models {
  readonly #opened = new Map<string, Promise<Model>>();

  constructor(
    private readonly env: Readonly<Record<string, string>>,
    private readonly clock: Clock,
  ) {}

  open(name: string, spec: ModelSpec): Promise<Model> {
    const key = JSON.stringify([name, spec]);
    const known = this.#opened.get(key) ?? this.#open(name, spec);
    this.#opened.set(key, known);
    return known;
  }

  async #open(name: string, spec: ModelSpec): Promise<Model> {
    const [{ ServedModel }, wire] = await Promise.all([import('./served-model.js'), this.#wire(spec)]);
    const key = spec.keyEnv === undefined ? undefined : this.env[spec.keyEnv];
    return new ServedModel(name, spec, key, wire, this.clock);
  }

  async #wire(spec: ModelSpec): Promise<Wire> {
    if (spec.provider === 'openai') {
      const { OpenAIWire } = await import('./openai.js');
      return new OpenAIWire(spec);
    }
    const { OllamaWire } = await import('./ollama.js');
    return new OllamaWire(spec, this.env['OLLAMA_HOST'] || undefined);
  }
}
