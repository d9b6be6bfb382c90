import { Resolver } from "node:dns/promises";

const TIMEOUT_MS = 2_000;

/** The DNS server did not say whether there are records. */
export class DnsSilent extends Error {
  override name = "DnsSilent";
}

/** Asks a DNS server, for a bounded time each. Throws `DnsSilent` where it does not answer. */
export type Dns = {
  txt(name: string): Promise<string[]>;
  mx(name: string): Promise<string[]>;
  /** IPv4 and IPv6. */
  addresses(name: string): Promise<string[]>;
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
    addresses: async (name) =>
      (
        await Promise.all([
          asked(name, () => resolver.resolve4(name)),
          asked(name, () => resolver.resolve6(name)),
        ])
      ).flat(),
  };
}
