import type Docker from 'dockerode';
import type { Egress } from '../../core/egress.js';
import type { Enforcement } from '../../core/enforcement.js';
import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import type { RunId } from '../../core/ids.js';
import type { ImageStore, Sandbox, SandboxDriver, SandboxSpec } from '../../app/ports/sandbox.js';
import type { Owner } from '../../app/ports/workspaces.js';
import { ControlGroup } from './cgroup.js';
import { connect, engineFailure, isLocal, removeContainer, statusOf } from './docker-engine.js';
import { inspectImage } from './docker-answers.js';
import { dockerImages } from './docker-images.js';
import { LABELS, containerOptions } from './docker-options.js';
import type { Relay } from './docker-relay.js';
import { engineEnforcement, engineFacts, unfit, type EngineFacts } from './engine-facts.js';
import { DockerSandbox, type GroupOf } from './docker-sandbox.js';
import { checkFolders, unavailable, type Unavailable } from './layout.js';

interface Image {
  readonly id: string;
  readonly digest: string;
}

type Unusable = Extract<Failure, { class: 'sandbox-unavailable' | 'image-missing' }>;

/** Runs the commands of a sandbox in one container, through the engine's API on a local socket. */
export class DockerDriver implements SandboxDriver {
  readonly name = 'docker';
  readonly warning = null;
  readonly images: ImageStore;
  readonly #engine: Docker;
  #facts: EngineFacts | null = null;
  /** By run and name: all steps of a run have the same image, though a tag may move meanwhile. */
  readonly #images = new Map<string, Image>();

  /** `host` is as in DOCKER_HOST; undefined is the engine's usual socket. `groupOf` finds a container's control group on this machine. */
  constructor(
    readonly owner: Owner,
    private readonly host: string | undefined,
    private readonly groupOf: GroupOf = (pid, id) => ControlGroup.of(pid, id),
  ) {
    this.#engine = connect(isLocal(host) ? host : undefined);
    this.images = dockerImages(this.#engine);
  }

  async unavailable(image: string | undefined): Promise<Unusable | null> {
    const found = await this.#imageId(image);
    return found.ok ? null : found.failure;
  }

  async enforcement(): Promise<Result<Enforcement>> {
    if (!isLocal(this.host)) return fail(notLocal(this.host));
    try {
      const unusable = await this.#checkEngine();
      return unusable === null ? ok(engineEnforcement(await this.#engineFacts(), this.owner)) : fail(unusable);
    } catch (error) {
      return fail(engineFailure(error));
    }
  }

  async open(spec: SandboxSpec): Promise<Result<Sandbox>> {
    const checked = checkFolders(spec);
    if (!checked.ok) return checked;
    const image = await this.#imageOf(spec);
    if (!image.ok) return image;
    let relay: Relay | undefined;
    let container: Docker.Container | undefined;
    const remove = async (): Promise<void> => {
      if (container !== undefined) await removeContainer(this.#engine, container.id);
      await relay?.close();
    };
    try {
      if (typeof spec.network === 'object') {
        const opened = await this.#openRelay(spec, spec.network, image.value.id);
        if (!opened.ok) return opened;
        relay = opened.value;
      }
      container = await this.#create(spec, containerOptions(spec, this.owner, image.value.id, relay?.id));
      const sandbox = new DockerSandbox(
        container,
        spec,
        this.owner,
        image.value.digest,
        this.groupOf,
        remove,
        relay?.way ?? null,
      );
      await sandbox.start();
      return ok(sandbox);
    } catch (error) {
      await remove();
      return fail(engineFailure(error));
    }
  }

  /** Loaded where a step has a list of hosts: no other needs any of it. */
  async #openRelay(spec: SandboxSpec, egress: Egress, image: string): Promise<Result<Relay, Unusable>> {
    const { openRelay } = await import('./docker-relay.js');
    return openRelay(this.#engine, (options) => this.#create(spec, options), spec, egress, image);
  }

  async #imageOf({ run, image: name }: SandboxSpec): Promise<Result<Image, Unusable>> {
    const key = `${run} ${name ?? ''}`;
    const known = this.#images.get(key);
    if (known !== undefined) return ok(known);
    const found = await this.#imageId(name);
    if (found.ok) this.#images.set(key, found.value);
    return found;
  }

  async sweep(repositoryId: string, alive: () => Promise<ReadonlySet<RunId>>): Promise<readonly string[]> {
    const found = await this.#containersOf(repositoryId);
    if (found.length === 0) return [];
    const living = await alive();
    const dead = found.filter(({ Labels }) => !living.has((Labels[LABELS.run] ?? '') as RunId));
    const removed = await Promise.all(dead.map(({ Id }) => this.#removes(Id)));
    return dead
      .filter((_, index) => removed[index])
      .map(({ Labels, Id }) => `container of ${Labels[LABELS.run] ?? Id.slice(0, 12)}`);
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

  /** None where no engine answers: then nothing runs either, and `unavailable` says so to whoever wants to start something. */
  async #containersOf(repositoryId: string): Promise<readonly Docker.ContainerInfo[]> {
    if (!isLocal(this.host)) return [];
    try {
      const filters = { label: [`${LABELS.repository}=${repositoryId}`] };
      return await this.#engine.listContainers({ all: true, filters });
    } catch (error) {
      engineFailure(error);
      return [];
    }
  }

  /** The image's id, by which containers are made, and the digest by which others know it: a registry's, if it came from one. */
  async #imageId(name: string | undefined): Promise<Result<Image, Unusable>> {
    if (!isLocal(this.host)) return fail(notLocal(this.host));
    if (name === undefined)
      return fail(unavailable(this.name, 'no image is named', 'Set `sandbox.image` in pushpals.yml and commit it.'));
    try {
      const [fits, image] = await Promise.all([this.#checkEngine(), inspectImage(this.#engine, name)]);
      if (fits !== null) return fail(fits);
      if (image === null) return fail({ class: 'image-missing', image: name });
      return ok({ id: image.Id, digest: image.RepoDigests?.[0]?.split('@')[1] ?? image.Id });
    } catch (error) {
      return fail(engineFailure(error));
    }
  }

  /** An engine that maps users would give the step's files to somebody else. */
  async #checkEngine(): Promise<Unavailable | null> {
    const facts = await this.#engineFacts();
    if (facts.maps !== null)
      return unavailable(
        this.name,
        `the engine maps users (${facts.maps}), so the work tree would belong to another user; that is not built yet`,
        'Use an engine without user mapping, or another driver.',
      );
    return unfit(facts);
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

const notLocal = (host = ''): Unavailable =>
  unavailable(
    'docker',
    `DOCKER_HOST is ${host}: an engine that is not on this machine cannot see the work tree, and that is not built yet`,
    'Use an engine on a local socket (unset DOCKER_HOST), or another driver.',
  );
