import type { Asked, Reply } from './server.js';

export type Handler = (parts: readonly string[], asked: Asked) => Reply;

/** `GET /pulls/:/reviews` → handler; `:` is one part of the path, decoded, `*` all the rest. */
export type Routes = Readonly<Record<string, Handler>>;

/** The handler for a request, called; null where there is no such route. */
export function route(routes: Routes, asked: Asked, prefix: string): Reply | null {
  if (!asked.path.startsWith(prefix)) return null;
  const path = asked.path.slice(prefix.length);
  for (const [pattern, handler] of Object.entries(routes)) {
    const [method = '', shape = ''] = pattern.split(' ');
    if (method !== asked.method) continue;
    const source = shape.replace(/[.+]/g, '\\$&').replaceAll(':', '([^/]+)').replaceAll('*', '(.+)');
    const match = new RegExp(`^${source}$`).exec(path);
    if (match !== null) return handler(match.slice(1).map(decodeURIComponent), asked);
  }
  return null;
}

/** One page of a list, with the link to the next. */
export function paged(entries: readonly unknown[], asked: Asked, url: string, sizeKey = 'per_page', most = 100): Reply {
  const size = Math.min(most, Number(asked.query.get(sizeKey) ?? 30));
  const page = Number(asked.query.get('page') ?? 1);
  const next = new URLSearchParams(asked.query);
  next.set('page', String(page + 1));
  const hasMore = entries.length > page * size;
  return {
    status: 200,
    body: entries.slice((page - 1) * size, page * size),
    headers: {
      'x-total-count': String(entries.length),
      ...(hasMore ? { link: `<${url}${asked.path}?${next.toString()}>; rel="next"` } : {}),
    },
  };
}
