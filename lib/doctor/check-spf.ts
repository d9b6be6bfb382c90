import type { Dns } from "@/lib/doctor/dns";
import { type Finding, ok, toAdd, warning, wrong } from "@/lib/doctor/finding";
import { readSpf } from "@/lib/doctor/read-spf";
import { judgeSpf, SPF_LOOKUPS_MOST, type SpfSender } from "@/lib/doctor/rules/spf";
import type { SenderToCheck } from "@/lib/doctor/sender-to-check";
import { isLoopback, isPrivate, parseAddress } from "@/lib/network/network";

const RESEND_INCLUDE = "amazonses.com";

const isPublic = (ip: string) => !isLoopback(ip) && !isPrivate(ip);
const literal = (ip: string) => `${parseAddress(ip)?.kind() === "ipv6" ? "ip6" : "ip4"}:${ip}`;

/** Where the mail server is reached from everywhere, as far as that is known: it may send from elsewhere. */
async function relayAddresses(dns: Dns, relay: string | null): Promise<string[]> {
  if (relay === null) return [];
  const found = parseAddress(relay) === null ? await dns.addresses(relay) : [relay];
  return found.filter(isPublic);
}

/** The word of a record that lets the mail server send. */
function wordOf(relay: string | null, addresses: readonly string[]): string {
  if (relay === null || addresses.length === 0) return "ip4:ADDRESS";
  return parseAddress(relay) === null ? `a:${relay}` : literal(relay);
}

/** Looks whether the SPF record at the domain that mail comes back to lets whoever sends for it do so. */
export async function checkSpf(
  dns: Dns,
  { envelopeDomain: domain, way, relay }: SenderToCheck,
): Promise<Finding> {
  const addresses = way === "resend" ? [] : await relayAddresses(dns, relay);
  const sender: SpfSender = way === "resend" ? { include: RESEND_INCLUDE } : { addresses };
  const word = way === "resend" ? `include:${RESEND_INCLUDE}` : wordOf(relay, addresses);
  const facts = await readSpf(dns, domain, addresses);
  const verdict = judgeSpf(facts, sender);
  const correct = (what: string) => `Correct the TXT record "v=spf1 …" at ${domain}: ${what}`;
  const put = (what: string) => correct(`put ${what} in front of its end.`);
  const named = word === "ip4:ADDRESS" ? ", with the address that your mail server sends from" : "";
  switch (verdict.kind) {
    case "good":
      return ok(
        "SPF",
        `${domain} says who sends in its name, in ${facts.lookups} of ${SPF_LOOKUPS_MOST} look-ups.`,
      );
    case "none":
      return wrong(
        "SPF",
        `${domain} has no SPF record.`,
        toAdd(domain, "TXT", `"v=spf1 ${word} ~all"${named}`),
      );
    case "several":
      return wrong(
        "SPF",
        `${domain} has ${facts.records.length} SPF records, and receivers then use none.`,
        `Make one TXT record of them at ${domain}.`,
      );
    case "unknown-word":
      return wrong(
        "SPF",
        `${domain} has an SPF record with the word "${verdict.word}", which there is not.`,
        correct("take that word out."),
      );
    case "too-many":
      return wrong(
        "SPF",
        `The SPF record of ${domain} takes more than ${SPF_LOOKUPS_MOST} look-ups, and receivers then use none of it.`,
        correct(
          "take out what does not send for you any more, or name addresses by ip4: and ip6:.",
        ),
      );
    case "broken":
      return wrong(
        "SPF",
        `The SPF record of ${domain} includes ${verdict.domain}, which has none, or several.`,
        correct(`take include:${verdict.domain} out.`),
      );
    case "everybody":
      return wrong(
        "SPF",
        `The SPF record of ${domain}, or one that it includes, ends with +all: anybody may send in its name.`,
        correct("end it with ~all."),
      );
    case "lacks":
      return wrong(
        "SPF",
        `The SPF record of ${domain} does not let ${verdict.domain} send in its name.`,
        put(`include:${verdict.domain}`),
      );
    case "nobody":
      return wrong(
        "SPF",
        `The SPF record of ${domain} lets nobody send in its name: your mail is refused, or is spam.`,
        put(`${word}${named}`),
      );
    case "lacks-addresses":
      return warning(
        "SPF",
        `The SPF record of ${domain} does not let ${relay} send in its name, as far as it sends from ${verdict.addresses.join(" and ")}.`,
        put(`${verdict.addresses.map(literal).join(" and ")}, or what your mail provider names`),
      );
    case "unseen":
      return warning(
        "SPF",
        verdict.because === "words"
          ? `Whether the SPF record of ${domain} lets ${relay} send is decided for each mail, and cannot be seen here.`
          : `From which address ${relay ?? "your mail server"} sends is not known here, and so not whether the SPF record of ${domain} lets it.`,
        `See that the record at ${domain} lets the address send that your mail server sends from: a mail that arrived has it beside spf= in its source. If not, put ip4: and that address in front of its end.`,
      );
    case "open-end":
      return warning(
        "SPF",
        `The SPF record of ${domain} does not say what of all others.`,
        correct("end it with ~all."),
      );
  }
}
