/**
 * Which hosts a step may reach, by name and port. A pattern is `example.org` (ports 80 and 443), `example.org:8443`, or either with `*.` before
 * it: every name under `example.org`, at any depth, and not `example.org` itself.
 */
import type { Fault } from './fault.js';

/** What a step with a list of hosts is held to. */
export interface Egress {
  readonly hosts: readonly string[];
  /** Names, without ports, that may have private addresses: the policy's word, never a formula's. */
  readonly private: readonly string[];
}

/** Why a host was not let through; what a person does about each differs. */
export const REFUSALS = ['not-listed', 'address', 'private-address', 'no-address', 'malformed', 'busy'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** A connection that a step asked for. `host` is what the step wrote, so it may be anything. */
export interface Asked {
  readonly host: string;
  /** Null where the request named none. */
  readonly port: number | null;
  readonly verdict: 'allowed' | Refusal;
}

/** The same connection, however often it was asked for. */
export interface Reached extends Asked {
  times: number;
}

/** What one step asked for: the first hosts one by one, the rest counted. */
export interface Reaching {
  readonly asked: Reached[];
  /** Connections to hosts that are not among them. */
  more: number;
}

export const askedNothing = (): Reaching => ({ asked: [], more: 0 });

const DEFAULT_PORTS: readonly number[] = [80, 443];
const MOST_HOSTS = 100;
const MOST_CHARACTERS = 253;

interface Pattern {
  /** In lower case; of a wildcard, what stands after the star, with its dot. */
  readonly name: string;
  readonly wild: boolean;
  readonly ports: readonly number[];
}

function patternOf(text: string): Pattern {
  const [host = '', port] = text.toLowerCase().split(':');
  const wild = host.startsWith('*.');
  return { name: wild ? host.slice(1) : host, wild, ports: port === undefined ? DEFAULT_PORTS : [Number(port)] };
}

/** A host as lists have it: lower case, without the dot that makes a name absolute. */
export const hostName = (host: string): string => host.toLowerCase().replace(/\.$/, '');

const covers = ({ name, wild }: Pattern, host: string): boolean =>
  wild ? host.endsWith(name) && host.length > name.length : host === name;

/** Whether a list lets a step through to a host's port. */
export function isListed(list: readonly string[], host: string, port: number): boolean {
  const name = hostName(host);
  return list.some((text) => {
    const pattern = patternOf(text);
    return pattern.ports.includes(port) && covers(pattern, name);
  });
}

/** Whether the policy lets a host have private addresses. */
export const mayBePrivate = (names: readonly string[], host: string): boolean =>
  names.some((text) => covers(patternOf(text), hostName(host)));

/** Whether some host is named by both. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [patternOf(one), patternOf(other)];
  if (a.wild && b.wild) return a.name.endsWith(b.name) || b.name.endsWith(a.name);
  return covers(a, b.name) || covers(b, a.name);
}

/** What of a list goes beyond another, as it would have to be added there. */
export function beyond(list: readonly string[], bound: readonly string[]): readonly string[] {
  const bounds = bound.map(patternOf);
  return list.filter((text) => {
    const { name, wild, ports } = patternOf(text);
    const inside = (port: number): boolean =>
      bounds.some(
        (outer) => outer.ports.includes(port) && (wild ? outer.wild && name.endsWith(outer.name) : covers(outer, name)),
      );
    return !ports.every(inside);
  });
}

/** Notes a connection; a step can make no more of it than a hundred hosts and a number. */
export function note(reaching: Reaching, { host, port, verdict }: Asked): void {
  const name = host.slice(0, MOST_CHARACTERS);
  const known = reaching.asked.find((each) => each.host === name && each.port === port && each.verdict === verdict);
  if (known !== undefined) known.times += 1;
  else if (reaching.asked.length < MOST_HOSTS) reaching.asked.push({ host: name, port, verdict, times: 1 });
  else reaching.more += 1;
}

/** Whether a value from a file is such a note. */
export function isReaching(value: unknown): value is Reaching {
  if (typeof value !== 'object' || value === null || !('asked' in value) || !('more' in value)) return false;
  const isAsked = (each: unknown): boolean =>
    typeof each === 'object' &&
    each !== null &&
    'host' in each &&
    typeof each.host === 'string' &&
    'port' in each &&
    (each.port === null || typeof each.port === 'number') &&
    'times' in each &&
    typeof each.times === 'number' &&
    'verdict' in each &&
    (['allowed', ...REFUSALS] as readonly unknown[]).includes(each.verdict);
  return typeof value.more === 'number' && Array.isArray(value.asked) && value.asked.every(isAsked);
}

/** What was refused, in words, the most wanted first. */
export function refusedInWords({ asked }: Reaching): readonly string[] {
  return asked
    .filter(({ verdict }) => verdict !== 'allowed')
    .sort((a, b) => b.times - a.times)
    .map(({ host, port, verdict, times }) => {
      const count = times === 1 ? 'once' : `${String(times)} times`;
      return `${port === null ? host : `${host}:${String(port)}`} was refused ${count}: ${REFUSED_BECAUSE[verdict as Refusal]}`;
    });
}

export const REFUSED_BECAUSE: Readonly<Record<Refusal, string>> = {
  'not-listed': 'it is not in the list of the step’s `network`',
  address: 'hosts are listed by name, and no address is let through',
  'private-address': 'its address is private, and the policy’s `network.private` does not name it',
  'no-address': 'its name has no address',
  malformed: 'the request is not one that can be passed on',
  busy: 'too many names were looked up at once',
};

/** What is wrong with a list of hosts that the schema cannot say. */
export function hostFaults(list: unknown, path: Fault['path']): Fault[] {
  if (!Array.isArray(list)) return [];
  return (list as readonly string[]).flatMap((text, index): Fault[] => {
    const wrong = (message: string, hint: string): Fault[] => [{ path: [...path, index], message, hint }];
    const [host = '', port] = text.split(':');
    const labels = host.replace(/^\*\./, '').split('.');
    // As browsers take it: a name whose last part is a number is an address, in one spelling or another.
    if (/^(\d+|0x[0-9a-f]*)$/i.test(labels.at(-1) ?? ''))
      return wrong(`\`${text}\` is an address, and hosts are listed by name`, 'Write the host’s name.');
    if (host.length > MOST_CHARACTERS || labels.some((label) => label === '' || label.length > 63))
      return wrong(`\`${text}\` is not a host’s name`, 'Write it as in `registry.example.org`.');
    if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))
      return wrong(`${port} is not a port`, 'Ports go from 1 to 65535.');
    return [];
  });
}
