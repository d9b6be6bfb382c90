import { createSocket } from "node:dgram";
import { type AddressInfo, isIPv6 } from "node:net";
import { type Answer, decode, encode } from "dns-packet";

/** What stands in a zone by name: texts, mail servers, addresses. */
export type Zone = {
  txt?: Record<string, string[]>;
  mx?: Record<string, string[]>;
  /** IPv4 and IPv6. */
  addresses?: Record<string, string[]>;
};

/** A DNS server on 127.0.0.1. */
export type TestDns = {
  /** As `--dns` takes it. */
  server: string;
  /** What it says from now on; null: nothing, to nobody. */
  say(zone: Zone | null): void;
  close(): Promise<void>;
};

// A record holds strings of 255 characters at most.
const stringsOf = (text: string) => text.match(/.{1,255}/gs) ?? [""];

function answersTo({ name, type }: { name: string; type: string }, zone: Zone): Answer[] {
  if (type === "TXT") {
    return (zone.txt?.[name.toLowerCase()] ?? []).map((text) => ({
      ...{ type: "TXT" as const, name, ttl: 1, data: stringsOf(text) },
    }));
  }
  if (type === "A" || type === "AAAA") {
    return (zone.addresses?.[name.toLowerCase()] ?? [])
      .filter((address) => isIPv6(address) === (type === "AAAA"))
      .map((data) => ({ type, name, ttl: 1, data }));
  }
  if (type !== "MX") return [];
  return (zone.mx?.[name.toLowerCase()] ?? []).map((exchange) => ({
    ...{ type: "MX" as const, name, ttl: 1, data: { preference: 10, exchange } },
  }));
}

/** Starts a DNS server that answers for one zone. */
export async function startDns(zone: Zone): Promise<TestDns> {
  let said: Zone | null = zone;
  const socket = createSocket("udp4");
  socket.on("message", (message, from) => {
    if (said === null) return;
    const query = decode(message);
    const [question] = query.questions ?? [];
    if (question === undefined) return;
    const answers = answersTo(question, said);
    const isThere = [said.txt, said.mx, said.addresses].some(
      (part) => part?.[question.name.toLowerCase()],
    );
    // NXDOMAIN where nothing of that name is there at all.
    const flags = 0x8180 | (answers.length > 0 || isThere ? 0 : 3);
    const packet = encode({
      ...{ type: "response", id: query.id ?? 0, flags },
      ...{ questions: [question], answers },
    });
    socket.send(packet, from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", () => resolve()));
  return {
    server: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    say(next) {
      said = next;
    },
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
