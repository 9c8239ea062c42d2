import ipaddr from 'ipaddr.js';
import type { Cluster } from '../model/cluster';
import { update } from './commands';

/** Only the cluster's own outbound address may come in. https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges */
export const OWN_ADDRESS_ONLY = '0.0.0.0/32';

/** The list as Azure gave it, without surrounding spaces and each entry once. */
export function authorizedRanges({ apiServerAccessProfile }: Cluster): string[] {
  const entries = (apiServerAccessProfile?.authorizedIPRanges ?? []).map((entry) => entry.trim());
  return [...new Map(entries.map((entry) => [entry.toLowerCase(), entry])).values()];
}

/** Sets the whole list: what is not given is gone. */
export function authorize(ranges = '"<your ranges>"'): string {
  return update(`--api-server-authorized-ip-ranges ${ranges}`);
}

/** Addresses that share their first bits. */
export interface Block {
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly prefix: number;
}

/** Reads an address or a CIDR, host bits allowed; null when it is neither. */
function parseBlock(entry: string): Block | null {
  const isV6 = entry.includes(':');
  const cidr = entry.includes('/') ? entry : `${entry}/${isV6 ? 128 : 32}`;
  // The parser knows shorter forms, such as `10.1` and `0x0a.0.0.1`, and zones, which no list of ranges takes.
  const valid = isV6
    ? ipaddr.IPv6.isValidCIDR(cidr) && !cidr.includes('%')
    : ipaddr.IPv4.isValidCIDRFourPartDecimal(cidr);
  if (!valid) {
    return null;
  }
  const [address, prefix] = ipaddr.parseCIDR(cidr);
  return { address, prefix };
}

/** Whether all of `inner` lies within `outer`; what is no block, such as a service tag, only within itself. */
export function covers(outer: string, inner: string): boolean {
  const [wide, narrow] = [parseBlock(outer.trim()), parseBlock(inner.trim())];
  if (wide === null || narrow === null) {
    return outer.trim().toLowerCase() === inner.trim().toLowerCase();
  }
  return (
    wide.address.kind() === narrow.address.kind() &&
    wide.prefix <= narrow.prefix &&
    narrow.address.match(wide.address, wide.prefix)
  );
}

/** What a single entry must keep to. */
export interface RangeRules {
  readonly minPrefixV4: number;
  readonly minPrefixV6: number;
  readonly allowServiceTags: boolean;
  readonly forbidden: readonly string[];
}

/** The entry with what is wrong with it, as a clause; empty when nothing is. `count` is the length of its list. */
export function faultOf(entry: string, count: number, rules: RangeRules): [entry: string, fault: string][] {
  const fault =
    (entry === OWN_ADDRESS_ONLY ? null : forbiddenFault(entry, rules.forbidden)) ?? formFault(entry, count, rules);
  return fault === null ? [] : [[entry, fault]];
}

function forbiddenFault(entry: string, forbidden: readonly string[]): string | null {
  const around = forbidden.find((range) => covers(range, entry));
  if (around !== undefined) {
    return `${entry} lies in ${around}, which is forbidden`;
  }
  const within = forbidden.find((range) => covers(entry, range));
  return within === undefined ? null : `${entry} lets in ${within}, which is forbidden`;
}

function formFault(entry: string, count: number, rules: RangeRules): string | null {
  if (entry === OWN_ADDRESS_ONLY) {
    return count > 1 ? `${entry} cannot be combined with other ranges` : null;
  }
  const block = parseBlock(entry);
  if (block === null) {
    return tagFault(entry, rules.allowServiceTags);
  }
  if (!entry.includes('/') && block.address.toByteArray().every((byte) => byte === 0)) {
    return `${entry} has no prefix`;
  }
  const shortest = block.address.kind() === 'ipv4' ? rules.minPrefixV4 : rules.minPrefixV6;
  return block.prefix < shortest ? `${entry} is wider than /${shortest}` : null;
}

/** Service tags are words with dots between them: AzureCloud, AzureFrontDoor.Backend, Storage.WestUS2. */
function tagFault(entry: string, allowed: boolean): string | null {
  if (!/^[a-z][a-z0-9]*(\.[a-z][a-z0-9]*)*$/i.test(entry)) {
    return `"${entry}" cannot be read`;
  }
  if (entry.toLowerCase() === 'internet') {
    return `${entry} is every public address`;
  }
  return allowed ? null : `${entry} is a service tag`;
}
