import { Octokit } from '@octokit/core';
import * as v from 'valibot';
import { forgeFetch } from '../forge-fetch.js';
import { ForgeFault, forgeFaultOf, orNull, type Problem } from '../forge-fault.js';
import { inPages } from '../pages.js';
import type { Wired } from '../wire.js';
import { shaped } from '../shapes.js';
import { loginOf, person } from './answers.js';

const HOME = 'https://github.com';
const VERSION = '2022-11-28';
/** GitHub asks for a second between changes. */
const SPACING_MS = 1000;
const MOST = 1000;
export const PAGE = 100;
/** Of one answer, whose rights are looked at. */
const MOST_PEOPLE = 100;
const MUTATION_PROBLEMS: Readonly<Record<string, Problem>> = {
  FORBIDDEN: 'forbidden',
  INSUFFICIENT_SCOPES: 'forbidden',
  RATE_LIMITED: 'rate-limited',
  NOT_FOUND: 'not-found',
};

type Params = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

const silent = (): void => undefined;

/** GitHub's REST and GraphQL for one repository, by GitHub's own client. Waiting and asking again is done below it, in one place for all forges. */
export class GitHubClient {
  readonly #github: Octokit;
  readonly #at: { readonly owner: string; readonly repo: string };
  #login: Promise<string | null> | null = null;

  readonly leftOut: Wired['leftOut'];

  constructor({ repo, baseUrl, token, answers, clock, leftOut }: Wired) {
    this.leftOut = leftOut;
    const api = baseUrl === HOME ? 'https://api.github.com' : `${baseUrl}/api/v3`;
    const headers = { authorization: `Bearer ${token}`, 'x-github-api-version': VERSION };
    const way = { origin: new URL(api).origin, headers, answers, clock, spacingMs: SPACING_MS };
    this.#github = new Octokit({
      baseUrl: api,
      request: { fetch: forgeFetch(way) },
      log: { debug: silent, info: silent, warn: silent, error: silent },
    });
    const [owner = '', name = ''] = repo.split('/');
    this.#at = { owner, repo: name };
  }

  get owner(): string {
    return this.#at.owner;
  }

  /** Whether GitHub means this repository by a name; its spelling may differ by case. */
  is(fullName: string | undefined): boolean {
    return fullName?.toLowerCase() === `${this.#at.owner}/${this.#at.repo}`.toLowerCase();
  }

  /** `route`: such as `GET /user`; what begins with `./` is of the repository. */
  async ask(route: string, params: Params = {}): Promise<Answer> {
    return this.#github.request(route.replace(' ./', ' /repos/{owner}/{repo}/'), { ...this.#at, ...params });
  }

  /** All pages, each entry in its shape; what goes on after a thousand is left. `entries` finds the list in an answer. */
  async all<const S extends v.GenericSchema>(
    route: string,
    params: Params,
    shape: S,
    entries: (data: unknown) => unknown = (data) => data,
  ): Promise<readonly v.InferOutput<S>[]> {
    return inPages({ size: PAGE, most: MOST }, async (per_page, page) => {
      const { data, headers } = await this.ask(route, { ...params, per_page, page });
      return {
        entries: shaped(v.array(shape), entries(data)),
        hasNext: String(headers['link'] ?? '').includes('rel="next"'),
      };
    });
  }

  /** What only GraphQL can do. Fails as `refused` where GitHub does not do it. */
  async mutate(mutation: string, variables: Readonly<Record<string, string>>): Promise<void> {
    try {
      await this.#github.graphql(mutation, variables);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'GraphqlResponseError') throw error;
      const [first] = (error as Error & { errors?: readonly { type?: unknown }[] }).errors ?? [];
      const problem = MUTATION_PROBLEMS[String(first?.type)] ?? 'refused';
      throw new ForgeFault(problem, error.message, { cause: error });
    }
  }

  /** Whose the token is; null for an app's, which GitHub does not tell. */
  self(): Promise<string | null> {
    this.#login ??= this.#whoami().catch((error: unknown) => {
      this.#login = null;
      throw error;
    });
    return this.#login;
  }

  async #whoami(): Promise<string | null> {
    try {
      return loginOf(shaped(person, (await this.ask('GET /user')).data));
    } catch (error) {
      const fault = forgeFaultOf(error);
      if (fault?.status === 403 && fault.problem === 'forbidden') return null;
      throw error;
    }
  }

  /** Who of them may write to the repository. */
  async writers(logins: readonly string[]): Promise<ReadonlySet<string>> {
    const asked = [...new Set(logins)].slice(0, MOST_PEOPLE);
    const may = await Promise.all(
      asked.map(async (username) => {
        const said = await orNull(this.ask('GET ./collaborators/{username}/permission', { username }));
        if (said === null) return false;
        return ['admin', 'write'].includes(shaped(v.object({ permission: v.string() }), said.data).permission);
      }),
    );
    return new Set(asked.filter((_, index) => may[index]));
  }
}
