import type { Dns } from "@/lib/doctor/dns";
import {
  isSpf,
  judgedTerms,
  leadsTo,
  SPF_LOOKUPS_MOST,
  type SpfFacts,
  type SpfTerm,
  takesLookup,
  targetOf,
} from "@/lib/doctor/rules/spf";
import { parseAddress } from "@/lib/network/network";

/** As many names of a domain's mail servers a receiver looks up (RFC 7208, section 4.6.4). */
const MX_MOST = 10;

/** Where in a record and those it includes, and whether what is let send there counts. */
type Spot = { domain: string; counts: boolean };

const namingWords = ["a", "mx", "ptr", "ip4", "ip6", "exists"];
const dependingWords = ["ptr", "exists"];

function isWithin(ip: string, network: string, bits: { bits4: number; bits6: number }): boolean {
  const [address, range] = [parseAddress(ip), parseAddress(network)];
  if (address === null || range === null || address.kind() !== range.kind()) return false;
  const length = range.kind() === "ipv4" ? bits.bits4 : bits.bits6;
  return length <= (range.kind() === "ipv4" ? 32 : 128) && address.match(range, length);
}

function literalOf({ value }: SpfTerm) {
  const [network = "", length] = value.slice(1).split("/");
  return { network, bits4: Number(length ?? 32), bits6: Number(length ?? 128) };
}

/**
 * Reads a domain's SPF record and all that it includes, as a receiver does, and no further than one goes.
 *
 * @param asked the addresses that are to be let send
 * @throws DnsSilent
 */
export async function readSpf(
  dns: Dns,
  domain: string,
  asked: readonly string[],
): Promise<SpfFacts> {
  const records = (await dns.txt(domain)).filter(isSpf);
  const facts: SpfFacts = {
    ...{ records, lookups: 0, included: [], broken: null, allowed: [] },
    ...{ namesSomebody: false, letsEverybody: false, dependsOnMail: false },
  };

  async function addressesOf(term: SpfTerm, own: string): Promise<string[]> {
    const name = targetOf(term).domain ?? own;
    if (term.name === "a") return dns.addresses(name);
    const servers = (await dns.mx(name)).slice(0, MX_MOST);
    return (await Promise.all(servers.map((server) => dns.addresses(server)))).flat();
  }

  /** Those of some addresses that a word means. */
  async function meant(term: SpfTerm, { domain: own, counts }: Spot, ips: string[]) {
    switch (term.name) {
      case "all":
        return ips;
      case "ip4":
      case "ip6": {
        const { network, ...bits } = literalOf(term);
        return ips.filter((ip) => isWithin(ip, network, bits));
      }
      case "a":
      case "mx": {
        if (ips.length === 0) return [];
        const found = await addressesOf(term, own);
        return ips.filter((ip) => found.some((one) => isWithin(ip, one, targetOf(term))));
      }
      case "include":
      case "redirect": {
        const next = leadsTo(term) ?? "";
        facts.included.push(next);
        const [record, ...others] = (await dns.txt(next)).filter(isSpf);
        if (record === undefined || others.length > 0) {
          facts.broken ??= next;
          return [];
        }
        return follow(record, { domain: next, counts }, ips);
      }
      default:
        return [];
    }
  }

  /** Those of some addresses that a record lets send. */
  async function follow(record: string, spot: Spot, ips: string[]): Promise<string[]> {
    const allowed: string[] = [];
    let left = ips;
    for (const term of judgedTerms(record)) {
      if (takesLookup(term)) facts.lookups += 1;
      if (facts.lookups > SPF_LOOKUPS_MOST) break;
      const counts = spot.counts && term.qualifier === "+";
      // What a macro stands for is known of a mail alone (RFC 7208, section 7).
      const isOpen = term.value.includes("%");
      if (isOpen || dependingWords.includes(term.name)) facts.dependsOnMail = true;
      if (counts && (isOpen || namingWords.includes(term.name))) facts.namesSomebody = true;
      if (counts && term.name === "all") facts.letsEverybody = true;
      if (isOpen) continue;
      const those = await meant(term, { ...spot, counts }, left);
      left = left.filter((ip) => !those.includes(ip));
      if (term.qualifier === "+") allowed.push(...those);
    }
    return allowed;
  }

  const [record] = records;
  if (record !== undefined && records.length === 1) {
    facts.allowed = await follow(record, { domain, counts: true }, [...asked]);
  }
  return facts;
}
