import Docker from 'dockerode';
import type { Egress } from '../../core/egress.js';
import type { Enforcement } from '../../core/enforcement.js';
import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import type { RunId } from '../../core/ids.js';
import type { ImageStore, Sandbox, SandboxDriver, SandboxSpec } from '../../app/ports/sandbox.js';
import type { Owner } from '../../app/ports/workspaces.js';
import { ControlGroup } from './cgroup.js';
import type { CarriedContainer } from './docker-carried.js';
import { engineFailure, removeContainer, statusOf } from './docker-engine.js';
import { inspectImage } from './docker-answers.js';
import { dockerImages } from './docker-images.js';
import { LABELS, carriedOptions, containerOptions, volumesOf, type UsedImage } from './docker-options.js';
import type { Relay } from './docker-relay.js';
import { addressWarning, clientOptions, isLocal, type EngineAddress } from './engine-address.js';
import { engineEnforcement, engineFacts, unfit, type EngineFacts } from './engine-facts.js';
import { DockerSandbox, type GroupOf } from './docker-sandbox.js';
import { checkFolders, unavailable, type Unavailable } from './layout.js';

/** An engine that does not answer must not hang the tick. */
const ANSWER_MS = 10_000;

interface Image extends UsedImage {
  readonly digest: string;
}

type Unusable = Extract<Failure, { class: 'sandbox-unavailable' | 'image-missing' }>;

/**
 * Runs the commands of a sandbox in one container, through the engine's API: Docker's, or Podman's that is compatible. An engine on this
 * machine that knows its users sees a step's folders as they are; to any other they are carried.
 */
export class DockerDriver implements SandboxDriver {
  readonly name = 'docker';
  readonly warning;
  readonly images: ImageStore;
  readonly #engine: Docker;
  /** Why there is no client for the address. */
  readonly #unreachable: Unavailable | null;
  #facts: EngineFacts | null = null;
  /** By run and name: all steps of a run have the same image, though a tag may move meanwhile. */
  readonly #images = new Map<RunId, Map<string, Image>>();

  /** `groupOf` finds a container's control group on this machine; git is looked for in `searchPath`. */
  constructor(
    readonly owner: Owner,
    private readonly address: EngineAddress,
    private readonly searchPath: string,
    private readonly groupOf: GroupOf = (pid, id) => ControlGroup.of(pid, id),
  ) {
    this.warning = addressWarning(address);
    const options = clientOptions(address);
    this.#unreachable = options.ok ? null : options.failure;
    this.#engine = new Docker(options.ok ? options.value : {});
    this.images = dockerImages(this.#engine);
  }

  async unavailable(image: string | undefined): Promise<Unusable | null> {
    const found = await this.#imageId(image);
    return found.ok ? null : found.failure;
  }

  async enforcement(): Promise<Result<Enforcement>> {
    try {
      const facts = await this.#fit();
      if (!facts.ok) return facts;
      return ok(engineEnforcement(facts.value, this.owner, await this.#carriedBy(facts.value)));
    } catch (error) {
      return fail(engineFailure(error));
    }
  }

  async open(spec: SandboxSpec): Promise<Result<Sandbox>> {
    const checked = checkFolders(spec);
    if (!checked.ok) return checked;
    const image = await this.#imageOf(spec);
    if (!image.ok) return image;
    try {
      const facts = await this.#engineFacts();
      return this.#carries(facts)
        ? await this.#openCarried(spec, image.value)
        : await this.#openMounted(spec, image.value);
    } catch (error) {
      return fail(engineFailure(error));
    }
  }

  /** Whether an engine cannot show a container the folders of this machine: it is elsewhere, or its users are others. */
  #carries({ maps }: EngineFacts): boolean {
    return maps !== null || !isLocal(this.address);
  }

  /** How folders reach the engine, and whether it says meanwhile what is written there. */
  async #carriedBy(facts: EngineFacts): Promise<Parameters<typeof engineEnforcement>[2]> {
    if (!this.#carries(facts)) return 'mounted';
    const { volumeSizes } = await import('./volume-watch.js');
    return (await volumeSizes(this.#engine)) === null ? 'carried' : 'carried-and-counted';
  }

  async #openMounted(spec: SandboxSpec, image: Image): Promise<Result<Sandbox>> {
    let relay: Relay | undefined;
    let container: Docker.Container | undefined;
    const remove = async (): Promise<void> => {
      if (container !== undefined) await removeContainer(this.#engine, container.id);
      await relay?.close();
    };
    try {
      if (typeof spec.network === 'object') {
        const opened = await this.#openRelay(spec, spec.network, image.id);
        if (!opened.ok) return opened;
        relay = opened.value;
      }
      const { name } = await this.#engineFacts();
      container = await this.#create(spec, containerOptions(spec, this.owner, image, name, relay?.id));
      const sandbox = new DockerSandbox(
        container,
        spec,
        this.owner,
        image.digest,
        volumesOf(spec, image),
        this.groupOf,
        remove,
        relay?.way ?? null,
      );
      await sandbox.start();
      return ok(sandbox);
    } catch (error) {
      await remove();
      throw error;
    }
  }

  /** Loaded where it is needed, as every part of it. */
  async #openCarried(spec: SandboxSpec, image: Image): Promise<Result<Sandbox>> {
    if (typeof spec.network === 'object')
      return fail(
        unavailable(
          this.name,
          'a list of hosts needs an engine on this machine that maps no users',
          'Give the step `network: none` or `full`, or use another engine or driver.',
        ),
      );
    const { CarriedSandbox } = await import('./docker-carried.js');
    const make = async (): Promise<Result<CarriedContainer>> => {
      try {
        return await this.#makeCarried(spec, image);
      } catch (error) {
        return fail(engineFailure(error));
      }
    };
    const made = await make();
    return made.ok ? ok(new CarriedSandbox(made.value, make)) : made;
  }

  async #makeCarried(spec: SandboxSpec, image: Image): Promise<Result<CarriedContainer>> {
    const { Carriage, CARRIED, VOLUMES } = await import('./docker-carriage.js');
    const { name } = await this.#engineFacts();
    const options = carriedOptions(containerOptions(spec, CARRIED, image, name), VOLUMES);
    const container = await this.#create(spec, options);
    const remove = (): Promise<void> => removeContainer(this.#engine, container.id);
    try {
      const carriage = new Carriage(this.#engine, container, spec, this.owner, this.searchPath);
      const loaded = await carriage.load();
      if (!loaded.ok) {
        await remove();
        return loaded;
      }
      const sandbox = new DockerSandbox(
        container,
        spec,
        CARRIED,
        image.digest,
        volumesOf(spec, image),
        this.groupOf,
        remove,
        null,
        carriage,
      );
      await sandbox.start();
      const closed = await carriage.open();
      if (closed === null) return ok({ sandbox, carriage });
      await remove();
      return fail(closed);
    } catch (error) {
      await remove();
      throw error;
    }
  }

  /** Loaded where a step has a list of hosts: no other needs any of it. */
  async #openRelay(spec: SandboxSpec, egress: Egress, image: string): Promise<Result<Relay, Unusable>> {
    const { openRelay } = await import('./docker-relay.js');
    return openRelay(this.#engine, (options) => this.#create(spec, options), spec, egress, image);
  }

  async #imageOf({ run, image: name }: SandboxSpec): Promise<Result<Image, Unusable>> {
    const images = this.#images.get(run) ?? new Map<string, Image>();
    this.#images.set(run, images);
    const known = images.get(name ?? '');
    if (known !== undefined) return ok(known);
    const found = await this.#imageId(name);
    if (found.ok) images.set(name ?? '', found.value);
    return found;
  }

  async sweep(repositoryId: string, alive: () => Promise<ReadonlySet<RunId>>): Promise<readonly string[]> {
    const remembered = [...this.#images.keys()];
    const found = (await this.#containersOf(repositoryId)) ?? [];
    if (found.length + remembered.length === 0) return [];
    const living = await alive();
    for (const run of remembered) if (!living.has(run)) this.#images.delete(run);
    const dead = found.filter(({ Labels }) => !living.has((Labels[LABELS.run] ?? '') as RunId));
    const removed = await Promise.all(dead.map(({ Id }) => this.#removes(Id)));
    return dead
      .filter((_, index) => removed[index])
      .map(({ Labels, Id }) => `container of ${Labels[LABELS.run] ?? Id.slice(0, 12)}`);
  }

  /** An engine elsewhere has copies of a run's folders, and none of them. */
  async remaining(repositoryId: string): Promise<ReadonlySet<RunId> | null> {
    if (!isLocal(this.address)) return new Set();
    const found = await this.#containersOf(repositoryId);
    return found === null ? null : new Set(found.map(({ Labels }) => (Labels[LABELS.run] ?? '') as RunId));
  }

  /** Removes a container, unless the engine does not do so now. */
  async #removes(id: string): Promise<boolean> {
    try {
      await removeContainer(this.#engine, id);
      return true;
    } catch (error) {
      engineFailure(error);
      return false;
    }
  }

  /** Null where no engine answers: `unavailable` says so to whoever wants to start something. */
  async #containersOf(repositoryId: string): Promise<readonly Docker.ContainerInfo[] | null> {
    if (this.#unreachable !== null) return null;
    try {
      const filters = { label: [`${LABELS.repository}=${repositoryId}`] };
      return await this.#engine.listContainers({ all: true, filters, abortSignal: AbortSignal.timeout(ANSWER_MS) });
    } catch (error) {
      engineFailure(error);
      return null;
    }
  }

  /** The image's id, by which containers are made, and the digest by which others know it: a registry's, if it came from one. */
  async #imageId(name: string | undefined): Promise<Result<Image, Unusable>> {
    if (name === undefined)
      return fail(unavailable(this.name, 'no image is named', 'Set `sandbox.image` in pushpals.yml and commit it.'));
    try {
      if (this.#unreachable !== null) return fail(this.#unreachable);
      // One that is elsewhere is asked first whether it is there at all, which it is not given long for.
      const fits = this.#fit();
      if (!isLocal(this.address)) await fits;
      const [fit, image] = await Promise.all([fits, inspectImage(this.#engine, name)]);
      if (!fit.ok) return fit;
      if (image === null) return fail({ class: 'image-missing', image: name });
      const volumes = Object.keys(image.Config.Volumes ?? {});
      return ok({ id: image.Id, digest: image.RepoDigests?.[0]?.split('@')[1] ?? image.Id, volumes });
    } catch (error) {
      return fail(engineFailure(error));
    }
  }

  /** What the engine says of itself, if steps may run by it. */
  async #fit(): Promise<Result<EngineFacts, Unavailable>> {
    if (this.#unreachable !== null) return fail(this.#unreachable);
    const facts = await this.#engineFacts();
    const why = unfit(facts);
    return why === null ? ok(facts) : fail(why);
  }

  /** Asked once, since they do not change. */
  async #engineFacts(): Promise<EngineFacts> {
    return (this.#facts ??= await engineFacts(this.#engine));
  }

  async #create({ repositoryId }: SandboxSpec, options: Docker.ContainerCreateOptions): Promise<Docker.Container> {
    try {
      return await this.#engine.createContainer(options);
    } catch (error) {
      if (statusOf(error) !== 409) throw error;
      // A runner that died left one of this name. Only one that is ours is taken away.
      const old = await this.#engine.getContainer(options.name ?? '').inspect();
      if (old.Config.Labels[LABELS.repository] !== repositoryId) throw error;
      await removeContainer(this.#engine, old.Id);
      return this.#engine.createContainer(options);
    }
  }
}
