import type { Result } from '../../core/failure.js';
import type { ExecEnd, ExecSpec, Sandbox } from '../../app/ports/sandbox.js';
import type { Carriage } from './docker-carriage.js';
import type { DockerSandbox } from './docker-sandbox.js';

/** A container, and what carries a step's folders into it and back. */
export interface CarriedContainer {
  readonly sandbox: DockerSandbox;
  readonly carriage: Carriage;
}

/**
 * A sandbox whose container cannot see this machine's files. Where these are not what it was given, as before another step, it is made anew: so what
 * a command finds is always what lies here.
 */
export class CarriedSandbox implements Sandbox {
  readonly paths;
  readonly imageDigest;
  #closed = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private current: CarriedContainer,
    private readonly make: () => Promise<Result<CarriedContainer>>,
  ) {
    this.paths = current.sandbox.paths;
    this.imageDigest = current.sandbox.imageDigest;
  }

  exec(exec: ExecSpec): Promise<Result<ExecEnd>> {
    const turn = this.#turn.then(() => this.#exec(exec));
    // Whoever called hears of a failure; the next command only waits.
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  renew(): void {
    this.current.sandbox.renew();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.current.sandbox.close();
  }

  async #exec(exec: ExecSpec): Promise<Result<ExecEnd>> {
    if (!this.#closed && !this.current.carriage.isCurrent()) {
      await this.current.sandbox.close();
      const made = await this.make();
      if (!made.ok) return made;
      this.current = made.value;
    }
    return this.current.sandbox.exec(exec);
  }
}
