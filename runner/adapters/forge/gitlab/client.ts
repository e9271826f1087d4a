import { BaseResource, createRequesterFn, type RequestOptions } from '@gitbeaker/requester-utils';
import * as v from 'valibot';
import { parseJson } from '../../../core/parse-json.js';
import { forgeFetch } from '../forge-fetch.js';
import { forgeFaultOf, orNull } from '../forge-fault.js';
import { smaller } from '../pages.js';
import { count, name, shaped } from '../shapes.js';
import type { Wired } from '../wire.js';

export const PAGES = { perPage: 100, maxPages: 10 };

/** A list by GitLab's client, which is asked again in smaller pages where what people wrote makes one longer than is read. */
export async function paged<T>(ask: (pages: typeof PAGES) => Promise<T>): Promise<T> {
  try {
    return await ask(PAGES);
  } catch (error) {
    if (forgeFaultOf(error)?.isTooLong !== true) throw error;
    const perPage = smaller(PAGES.perPage);
    return ask({ perPage, maxPages: (PAGES.perPage * PAGES.maxPages) / perPage });
  }
}
/** From here on people may push: a developer. */
export const DEVELOPER = 30;
/** Of one answer, whose rights are looked at. */
const MOST_PEOPLE = 100;

export interface Person {
  readonly id: number;
  readonly username: string;
}

type Options = ConstructorParameters<typeof BaseResource>[0];

/** What GitLab's client needs to ask one forge. Its own way of sending retries a fixed list of answers, and heeds no hint. */
function options({ baseUrl, token, answers, clock }: Wired): Options {
  const headers = { 'private-token': token };
  const send = forgeFetch({ origin: new URL(baseUrl).origin, headers, answers, clock, spacingMs: 0 });
  const requesterFn = createRequesterFn(
    (_, asked) => Promise.resolve(asked),
    async (endpoint, asked: RequestOptions = {}) => {
      const url = new URL(
        endpoint,
        asked.prefixUrl?.endsWith('/') === true ? asked.prefixUrl : `${asked.prefixUrl ?? ''}/`,
      );
      url.search = asked.searchParams ?? '';
      const { method = 'GET', body } = asked;
      if (body !== undefined && typeof body !== 'string') throw new TypeError('a body that is no text');
      const response = await send(url, {
        method,
        headers: { accept: 'application/json', ...asked.headers },
        ...(body === undefined ? {} : { body }),
      });
      const said = parseJson(await response.text()) as Record<string, unknown> | null;
      return { body: said, headers: Object.fromEntries(response.headers.entries()), status: response.status };
    },
  );
  return { host: baseUrl, requesterFn, queryTimeout: null, rateLimits: {} };
}

/** One project on GitLab, by the resources of GitLab's client. */
export class GitLabClient {
  readonly project: string;
  readonly options: Options;
  #self: Promise<Person> | null = null;
  readonly #api: BaseResource<boolean>;

  readonly leftOut: Wired['leftOut'];

  constructor(wired: Wired) {
    this.leftOut = wired.leftOut;
    this.project = wired.repo;
    this.options = options(wired);
    this.#api = new BaseResource(this.options);
  }

  /** What the client has no resource for, or says with less than the answer has. `./` is of the project. */
  async get(path: string, searchParams: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const { body } = await this.#api.requester.get(this.#at(path), { searchParams });
    return body;
  }

  #at(path: string): string {
    return path.replace(/^\.(?=\/|$)/, `projects/${encodeURIComponent(this.project)}`);
  }

  /** Whose the token is. */
  self(): Promise<Person> {
    this.#self ??= this.get('user').then((said) => shaped(v.object({ id: count, username: name }), said));
    this.#self.catch(() => (this.#self = null));
    return this.#self;
  }

  /** The logins of those who may push to the project. */
  async writers(people: readonly Person[]): Promise<ReadonlySet<string>> {
    const asked = [...new Map(people.map((person) => [person.id, person])).values()].slice(0, MOST_PEOPLE);
    const may = await Promise.all(
      asked.map(async ({ id }) => {
        const said = await orNull(this.get(`./members/all/${String(id)}`));
        return said !== null && shaped(v.object({ access_level: count }), said).access_level >= DEVELOPER;
      }),
    );
    return new Set(asked.filter((_, index) => may[index]).map(({ username }) => username));
  }
}
