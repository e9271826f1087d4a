import type { LookupAddress } from 'node:dns';
import ipaddr from 'ipaddr.js';

/** What may be reached where the policy says that a host may be private. Link-local addresses are left out: a cloud's metadata is there. */
const PRIVATE: readonly string[] = ['private', 'uniqueLocal', 'loopback', 'carrierGradeNat'];
/** What stands for an IPv4 address in a network that has only IPv6 (RFC 6052). */
const TRANSLATED = ipaddr.IPv6.parseCIDR('64:ff9b::/96');
/** All that was ever given out for the public network. */
const GLOBAL = ipaddr.IPv6.parseCIDR('2000::/3');

/** What kind of address it is, seen through the ways in which IPv6 writes an IPv4 address. */
function rangeOf(address: string): string {
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.range();
  if (parsed.match(TRANSLATED)) return new ipaddr.IPv4(parsed.toByteArray().slice(12)).range();
  const range = parsed.range();
  return range === 'unicast' && !parsed.match(GLOBAL) ? 'reserved' : range;
}

/** Those of a name's addresses that a step may be connected to. */
export function reachable(addresses: readonly LookupAddress[], mayBePrivate: boolean): readonly LookupAddress[] {
  return addresses.filter(({ address }) => {
    const range = rangeOf(address);
    return range === 'unicast' || (mayBePrivate && PRIVATE.includes(range));
  });
}
