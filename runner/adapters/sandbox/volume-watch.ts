import type Docker from 'dockerode';
import { performance } from 'node:perf_hooks';
import type { Exceeded, StepLimits } from '../../core/step-limits.js';
import { engineFailure } from './docker-engine.js';

/** The engine looks through all of its volumes to answer; the share of the time that goes into that is at most one in so many. */
const PACE = 10;
const ANSWER_MS = 60_000;

interface Used {
  readonly Volumes?:
    readonly { readonly Name?: string; readonly UsageData?: { readonly Size?: number } | null }[] | null;
}

/** How large each volume of an engine is, in bytes, by name; null where the engine does not tell. */
export async function volumeSizes(engine: Docker): Promise<ReadonlyMap<string, number> | null> {
  // Dockerode’s own call cannot ask for the volumes alone. Engines that do not know the question answer for everything.
  const asked = {
    path: '/system/df?',
    method: 'GET',
    options: { type: 'volume' },
    abortSignal: AbortSignal.timeout(ANSWER_MS),
    statusCodes: { 200: true, 400: 'bad parameter', 404: 'not known here', 500: 'server error' },
  };
  try {
    const { Volumes } = await new Promise<Used>((resolve, reject) => {
      (engine.modem as { dial: (options: object, done: (error: unknown, answer: Used) => void) => void }).dial(
        asked,
        (error, answer) => {
          if (error == null) resolve(answer);
          else reject(error instanceof Error ? error : new Error('the engine does not say how large its volumes are'));
        },
      );
    });
    const sizes = (Volumes ?? []).map(({ Name = '', UsageData }) => [Name, UsageData?.Size ?? -1] as const);
    return Volumes == null || sizes.some(([, size]) => size < 0) ? null : new Map(sizes);
  } catch (error) {
    // What is not known now is counted when the tree comes back.
    engineFailure(error);
    return null;
  }
}

/** Bounds what a command writes to the volumes of a container that does not see this machine’s files, by what the engine says of them. */
export class VolumeWatch {
  #names: Promise<readonly string[]> | null = null;
  #lookedAt = 0;
  #tookMs = 0;

  /** `held` says how many bytes were brought into the volumes. */
  constructor(
    private readonly engine: Docker,
    private readonly container: Docker.Container,
    private readonly held: () => number,
    private readonly limits: Pick<StepLimits, 'diskBytes'>,
  ) {}

  /** The limit that was reached; null while none is known to be. */
  async look(): Promise<Exceeded | null> {
    const begun = performance.now();
    if (begun - this.#lookedAt < this.#tookMs * PACE) return null;
    const names = await (this.#names ??= volumesOf(this.container));
    const sizes = await volumeSizes(this.engine);
    this.#lookedAt = performance.now();
    this.#tookMs = this.#lookedAt - begun;
    if (sizes === null) return null;
    const bytes = names.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
    const used = bytes - this.held();
    const { diskBytes } = this.limits;
    return used > diskBytes ? { limit: 'disk', most: diskBytes, used } : null;
  }
}

async function volumesOf(container: Docker.Container): Promise<readonly string[]> {
  const { Mounts } = await container.inspect();
  return Mounts.flatMap(({ Type, Name }) => (Type === 'volume' && Name !== undefined ? [Name] : []));
}
