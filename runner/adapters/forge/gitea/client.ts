import * as v from 'valibot';
import { parseJson } from '../../../core/parse-json.js';
import { forgeFetch } from '../forge-fetch.js';
import { forgeFaultOf } from '../forge-fault.js';
import { name, shaped } from '../shapes.js';
import { inPages, type Page } from '../pages.js';
import type { Wired } from '../wire.js';

const MOST = 1000;
/** What a server hands out at most, unless its owner says otherwise. */
const PAGE = 50;
/** Of one answer, whose rights are looked at. */
const MOST_PEOPLE = 100;
const WRITERS = ['owner', 'admin', 'write'];

type Query = Readonly<Record<string, string | number>>;

interface Answer {
  readonly data: unknown;
  readonly headers: Headers;
}

/** The API of Gitea and Forgejo for one repository. Their clients are generated and check nothing that comes, so that a `fetch` is as good. */
export class GiteaClient {
  readonly #api: string;
  readonly #at: string;
  readonly #fetch: typeof fetch;
  #login: Promise<string> | null = null;

  readonly leftOut: Wired['leftOut'];

  constructor({ repo, baseUrl, token, answers, clock, leftOut }: Wired) {
    this.leftOut = leftOut;
    this.#api = `${baseUrl}/api/v1`;
    this.#at = `repos/${repo.split('/').map(encodeURIComponent).join('/')}`;
    const headers = { authorization: `token ${token}` };
    this.#fetch = forgeFetch({ origin: new URL(baseUrl).origin, headers, answers, clock, spacingMs: 0 });
    this.repo = repo;
  }

  readonly repo: string;

  /** Whether the forge means this repository by a name; its spelling may differ by case. */
  is(fullName: string | undefined): boolean {
    return fullName?.toLowerCase() === this.repo.toLowerCase();
  }

  /** `route`: such as `GET /user`; what begins with `./` is of the repository. Its variable parts are encoded already. */
  async ask(route: string, body: unknown = null, query: Query = {}): Promise<Answer> {
    const [method = '', path = ''] = route.split(' ');
    const url = new URL(`${this.#api}/${path.replace(/^\.(?=\/|$)/, this.#at).replace(/^\//, '')}`);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value));
    const response = await this.#fetch(url, {
      method,
      headers: { accept: 'application/json', ...(body === null ? {} : { 'content-type': 'application/json' }) },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    });
    return { data: parseJson(await response.text()), headers: response.headers };
  }

  /** Pages, each entry in its shape, until there are no more or `isEnough`. */
  async all<const S extends v.GenericSchema>(
    route: string,
    query: Query,
    shape: S,
    isEnough: (found: readonly v.InferOutput<S>[]) => boolean = () => false,
  ): Promise<readonly v.InferOutput<S>[]> {
    const ask = async (limit: number, page: number): Promise<Page<v.InferOutput<S>>> => {
      const { data, headers } = await this.ask(route, null, { ...query, page, limit });
      return {
        entries: shaped(v.array(shape), data),
        hasNext: (headers.get('link') ?? '').includes('rel="next"'),
      };
    };
    return inPages({ size: PAGE, most: MOST }, ask, isEnough);
  }

  /** Whose the token is. */
  self(): Promise<string> {
    this.#login ??= this.ask('GET /user').then(({ data }) => shaped(v.object({ login: name }), data).login);
    this.#login.catch(() => (this.#login = null));
    return this.#login;
  }

  /** Who of them may write to the repository. Of others than itself, only an administrator's token is told. */
  async writers(logins: readonly string[]): Promise<ReadonlySet<string>> {
    const asked = [...new Set(logins)].slice(0, MOST_PEOPLE);
    const may = await Promise.all(asked.map((login) => this.#mayWrite(login)));
    return new Set(asked.filter((_, index) => may[index]));
  }

  async #mayWrite(login: string): Promise<boolean> {
    try {
      const { data } = await this.ask(`GET ./collaborators/${encodeURIComponent(login)}/permission`);
      return WRITERS.includes(shaped(v.object({ permission: v.string() }), data).permission);
    } catch (error) {
      const problem = forgeFaultOf(error)?.problem;
      // Whoever nothing is known of counts as somebody who may not.
      if (problem === 'not-found' || problem === 'forbidden' || problem === 'refused') return false;
      throw error;
    }
  }
}
