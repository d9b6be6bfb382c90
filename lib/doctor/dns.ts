import { Resolver } from "node:dns/promises";
import {
  isSpf,
  leadsTo,
  SPF_LOOKUPS_MOST,
  type SpfFacts,
  takesLookup,
  termsOf,
} from "@/lib/doctor/rules/spf";

const TIMEOUT_MS = 2_000;

/** The DNS server did not say whether there are records. */
export class DnsSilent extends Error {
  override name = "DnsSilent";
}

/** Asks a DNS server, for a bounded time each. Throws `DnsSilent` where it does not answer. */
export type Dns = {
  txt(name: string): Promise<string[]>;
  mx(name: string): Promise<string[]>;
};

const none = new Set(["ENOTFOUND", "ENODATA"]);

/** @param server an address with or without a port; null: those of this machine */
export function openDns(server: string | null): Dns {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 2 });
  if (server !== null) resolver.setServers([server]);
  const from = server === null ? "The DNS servers of this machine" : `The DNS server ${server}`;
  const asked = async <T>(name: string, ask: () => Promise<T[]>): Promise<T[]> => {
    try {
      return await ask();
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== undefined && none.has(code)) return [];
      throw new DnsSilent(`${from} did not say what stands at ${name} (${code ?? "unknown"}).`);
    }
  };
  return {
    txt: (name) =>
      asked(name, async () => (await resolver.resolveTxt(name)).map((parts) => parts.join(""))),
    mx: (name) =>
      asked(name, async () =>
        (await resolver.resolveMx(name)).map(({ exchange }) => exchange.toLowerCase()),
      ),
  };
}

/** Reads a domain's SPF record and all that it includes, as a receiver does, and no further than one goes. */
export async function readSpf(dns: Dns, domain: string): Promise<SpfFacts> {
  const records = (await dns.txt(domain)).filter(isSpf);
  const facts: SpfFacts = { records, lookups: 0, included: [], broken: null };
  const follow = async (record: string, from: string[]): Promise<void> => {
    for (const term of termsOf(record)) {
      if (takesLookup(term)) facts.lookups += 1;
      const next = leadsTo(term);
      if (next === null || facts.lookups > SPF_LOOKUPS_MOST || from.includes(next)) continue;
      facts.included.push(next);
      const [found, ...others] = (await dns.txt(next)).filter(isSpf);
      if (found === undefined || others.length > 0) facts.broken ??= next;
      else await follow(found, [...from, next]);
    }
  };
  const [record] = records;
  if (record !== undefined && records.length === 1) await follow(record, [domain]);
  return facts;
}
