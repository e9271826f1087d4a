import type { Forge, ForgeUnavailable, Told } from '../../app/ports/forge.js';
import type { Clock } from '../../app/ports/machine.js';
import type { SecretStore } from '../../app/ports/secrets.js';
import { fail, ok } from '../../core/failure.js';
import { later } from '../../core/ids.js';
import { visibleLine } from '../../core/visible.js';
import type { Project } from '../../generated/types.js';
import type { Answers } from './answers.js';
import { ForgeFault, forgeFaultOf } from './forge-fault.js';
import type { ForgeWire, Wired } from './wire.js';

export type ForgeSpec = NonNullable<Project['forge']>;

/** Where the token is, unless the project says it. */
const TOKEN = { env: 'PUSHPALS_FORGE_TOKEN' };
const MOST_WORDS = 400;

export interface ForgeDeps {
  readonly secrets: SecretStore;
  readonly answers: Answers;
  readonly clock: Clock;
  /** What people should know, in words. */
  readonly tell?: (text: string) => void;
}

interface Kind {
  /** Where it is if the project does not say; null: it has to. */
  readonly home: string | null;
  /** Loaded when the forge is first asked: a tick that has nothing to do with it does not pay for its client. */
  readonly wire: (wired: Wired) => Promise<ForgeWire>;
}

const KINDS: Readonly<Record<Forge['kind'], Kind>> = {
  github: {
    home: 'https://github.com',
    wire: async (wired) => (await import('./github/wire.js')).githubWire(wired),
  },
  gitea: {
    home: null,
    wire: async (wired) => (await import('./gitea/wire.js')).giteaWire(wired),
  },
  gitlab: {
    home: 'https://gitlab.com',
    wire: async (wired) => (await import('./gitlab/wire.js')).gitlabWire(wired),
  },
};

/** The project's forge; null where it has none. Nothing is asked before something is wanted. */
export function openForge(spec: ForgeSpec | undefined, deps: ForgeDeps): Forge | null {
  if (spec?.kind === undefined || spec.kind === 'none' || spec.repo === undefined) return null;
  const baseUrl = spec.baseUrl ?? KINDS[spec.kind].home;
  return baseUrl === null ? null : new ServedForge(spec.kind, spec.repo, baseUrl.replace(/\/+$/, ''), spec.token, deps);
}

class ServedForge implements Forge {
  readonly where: string;
  #token = '';
  readonly #leftOut = new Set<string>();
  #wire: { readonly token: string; readonly wire: Promise<ForgeWire> } | null = null;

  constructor(
    readonly kind: Forge['kind'],
    private readonly repo: string,
    private readonly baseUrl: string,
    private readonly source: ForgeSpec['token'],
    private readonly deps: ForgeDeps,
  ) {
    this.where = `${baseUrl}/${repo}`;
  }

  readonly access: Forge['access'] = () => this.#ask((wire) => wire.access());
  readonly openPulls: Forge['openPulls'] = () => this.#ask((wire) => wire.openPulls());
  readonly pull: Forge['pull'] = (number) => this.#ask((wire) => wire.pull(number));
  readonly pullOf: Forge['pullOf'] = (branch, merged) => this.#ask((wire) => wire.pullOf(branch, merged));
  readonly openPull: Forge['openPull'] = (wanted) => this.#ask((wire) => wire.openPull(wanted));
  readonly updatePull: Forge['updatePull'] = (number, change) => this.#ask((wire) => wire.updatePull(number, change));
  readonly closePull: Forge['closePull'] = (number, why) => this.#ask((wire) => wire.closePull(number, why));
  readonly mergePull: Forge['mergePull'] = (number, how) => this.#ask((wire) => wire.mergePull(number, how));
  readonly enableAutoMerge: Forge['enableAutoMerge'] = (number, how) =>
    this.#ask((wire) => wire.enableAutoMerge(number, how));
  readonly checks: Forge['checks'] = (commit, into) => this.#ask((wire) => wire.checks(commit, into));
  readonly reviews: Forge['reviews'] = (number) => this.#ask((wire) => wire.reviews(number));
  readonly issues: Forge['issues'] = (filter) => this.#ask((wire) => wire.issues(filter));
  readonly issue: Forge['issue'] = (number) => this.#ask((wire) => wire.issue(number));
  readonly putComment: Forge['putComment'] = (on, marker, body) =>
    this.#ask((wire) => wire.putComment(on, marker, body));
  readonly setLabels: Forge['setLabels'] = (on, labels) => this.#ask((wire) => wire.setLabels(on, labels));

  async #ask<T>(ask: (wire: ForgeWire) => Promise<T>): Told<T> {
    try {
      return ok(await ask(await this.#opened()));
    } catch (error) {
      const fault = forgeFaultOf(error);
      if (fault === undefined) throw error;
      return fail(this.#failure(fault));
    }
  }

  /** The token is read anew each time: one that was replaced counts from then on. */
  async #opened(): Promise<ForgeWire> {
    const read = await this.deps.secrets.read('forge.token', this.source ?? TOKEN);
    if (!read.ok) throw new ForgeFault('no-token', read.failure.why);
    const token = read.value.trim();
    if (!/^[\x21-\x7e]+$/.test(token)) throw new ForgeFault('no-token', 'what is there cannot be a token');
    if (this.#wire?.token === token) return this.#wire.wire;
    const { repo, baseUrl } = this;
    const { answers, clock, tell } = this.deps;
    const leftOut = (url: string): void => {
      if (!this.#leftOut.has(url)) tell?.(`${visibleLine(url)} cannot be read, and is left out`);
      this.#leftOut.add(url);
    };
    this.#token = token;
    this.#wire = { token, wire: KINDS[this.kind].wire({ repo, baseUrl, token, answers, clock, leftOut }) };
    return this.#wire.wire;
  }

  #failure({ problem, message, retryAfterMs }: ForgeFault): ForgeUnavailable {
    const until =
      problem === 'rate-limited' && retryAfterMs !== null ? later(this.deps.clock.now(), retryAfterMs) : null;
    return {
      class: 'forge-unavailable',
      forge: this.where,
      problem,
      why: this.#clean(message),
      ...(until === null ? {} : { retryAt: until }),
    };
  }

  /** What a forge says may hold anything, the token too. */
  #clean(text: string): string {
    const line = visibleLine(this.#token === '' ? text : text.replaceAll(this.#token, '***'));
    return line.length > MOST_WORDS ? `${line.slice(0, MOST_WORDS)}…` : line;
  }
}
