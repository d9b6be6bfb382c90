import { type Dns, DnsSilent, readSpf } from "@/lib/doctor/dns";
import { type Finding, ok, warning, wrong } from "@/lib/doctor/finding";
import { judgeDkim } from "@/lib/doctor/rules/dkim";
import { judgeDmarc } from "@/lib/doctor/rules/dmarc";
import { judgeSpf, SPF_LOOKUPS_MOST } from "@/lib/doctor/rules/spf";

/** Who sends, and which way. */
export type SenderToCheck = {
  /** The domain of EMAIL_FROM. */
  domain: string;
  way: "resend" | "smtp";
  /** The domain that returned mail goes to: receivers look for SPF there. */
  envelopeDomain: string;
  /** Where the key that mail is signed by stands; null: nobody said. */
  selector: string | null;
  /** Host of the SMTP server, for the record to add. */
  relay: string | null;
};

const RESEND_INCLUDE = "amazonses.com";
const record = (name: string, type: string, value: string) =>
  `Add at ${name} the ${type} record: ${value}`;

async function answered(check: string, work: () => Promise<Finding>): Promise<Finding> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DnsSilent)) throw error;
    return wrong(check, error.message, "Name another DNS server by --dns ADDRESS, or try again.");
  }
}

async function checkSpf(
  dns: Dns,
  { envelopeDomain: domain, way, relay }: SenderToCheck,
): Promise<Finding> {
  const needed = way === "resend" ? RESEND_INCLUDE : null;
  const right =
    needed === null ? `v=spf1 a:${relay ?? domain} ~all` : `v=spf1 include:${needed} ~all`;
  const facts = await readSpf(dns, domain);
  const verdict = judgeSpf(facts, needed);
  const correct = (what: string) => `Correct the TXT record "v=spf1 …" at ${domain}: ${what}`;
  switch (verdict.kind) {
    case "good":
      return ok(
        "SPF",
        `${domain} says who sends in its name, in ${facts.lookups} of ${SPF_LOOKUPS_MOST} look-ups.`,
      );
    case "none":
      return wrong("SPF", `${domain} has no SPF record.`, record(domain, "TXT", `"${right}"`));
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
        `The SPF record of ${domain} ends with +all: anybody may send in its name.`,
        correct("end it with ~all."),
      );
    case "lacks":
      return wrong(
        "SPF",
        `The SPF record of ${domain} does not let ${verdict.domain} send in its name.`,
        correct(`put include:${verdict.domain} in front of its end.`),
      );
    case "open-end":
      return warning(
        "SPF",
        `The SPF record of ${domain} does not say what of all others.`,
        correct("end it with ~all."),
      );
  }
}

async function checkDkim(dns: Dns, { domain, way, selector }: SenderToCheck): Promise<Finding> {
  if (selector === null) {
    return warning(
      "DKIM",
      "It is not known by which selector your mail server signs.",
      "Run npm run doctor -- --dkim SELECTOR; it stands behind s= in the DKIM-Signature of a mail that was sent.",
    );
  }
  const name = `${selector}._domainkey.${domain}`;
  const again =
    way === "resend"
      ? "Copy the record anew from the domain's page at Resend"
      : "Copy the public key anew from your mail server";
  const mend = `${again}, to ${name}.`;
  const verdict = judgeDkim(await dns.txt(name));
  switch (verdict.kind) {
    case "good":
      return ok("DKIM", `The key at ${name} is there.`);
    case "none":
      return wrong(
        "DKIM",
        `There is no key at ${name}.`,
        way === "resend"
          ? record(name, "TXT", '"p=…", as the domain\'s page at Resend shows it')
          : record(name, "TXT", '"v=DKIM1; k=rsa; p=…", with the public key of your mail server'),
      );
    case "several":
      return wrong(
        "DKIM",
        `There are several keys at ${name}, and receivers may take the wrong one.`,
        `Leave one TXT record at ${name}.`,
      );
    case "revoked":
      return wrong("DKIM", `The key at ${name} was taken back: its p= is empty.`, mend);
    case "malformed":
      return wrong("DKIM", `What stands at ${name} is no key.`, mend);
    case "short":
      return wrong(
        "DKIM",
        `The key at ${name} has fewer than 1024 bits, and receivers do not take it.`,
        "Make one of 2048 bits on your mail server, and put its public key there.",
      );
    case "other-type":
      return wrong(
        "DKIM",
        `The record at ${name} says k=${verdict.type}, and its key is of another type or of one that receivers do not read.`,
        mend,
      );
    case "ed25519":
      return warning(
        "DKIM",
        `The key at ${name} is of type ed25519, which not all receivers read.`,
        "Sign by an RSA key of 2048 bits as well.",
      );
    case "testing":
      return warning(
        "DKIM",
        `The key at ${name} says t=y: receivers treat the mail as if it were not signed.`,
        `Take t=y out of the record at ${name}.`,
      );
  }
}

/** The domain and those above it that have two parts or more: where a DMARC record may stand. */
function upwards(domain: string): string[] {
  const parts = domain.split(".");
  return parts
    .slice(0, Math.max(1, parts.length - 1))
    .map((_, index) => parts.slice(index).join("."));
}

async function checkDmarc(dns: Dns, { domain }: SenderToCheck): Promise<Finding> {
  for (const at of upwards(domain)) {
    const name = `_dmarc.${at}`;
    const verdict = judgeDmarc(await dns.txt(name), at !== domain);
    if (verdict.kind === "none") continue;
    if (verdict.kind !== "policy") {
      return verdict.kind === "several"
        ? wrong(
            "DMARC",
            `There are several DMARC records at ${name}, and receivers then use none.`,
            `Leave one TXT record at ${name}.`,
          )
        : wrong(
            "DMARC",
            `The DMARC record at ${name} has no policy that receivers know.`,
            `Correct it to: "v=DMARC1; p=quarantine"`,
          );
    }
    if (verdict.policy === "none")
      return warning(
        "DMARC",
        `The policy at ${name} is none: mail that others send in your name arrives.`,
        `Once your own mail passes, correct it to: "v=DMARC1; p=quarantine"`,
      );
    return ok("DMARC", `The policy at ${name} is ${verdict.policy}.`);
  }
  return wrong(
    "DMARC",
    `${domain} has no DMARC record: large providers refuse mail of domains without one.`,
    record(
      `_dmarc.${domain}`,
      "TXT",
      '"v=DMARC1; p=none", and p=quarantine once your own mail passes',
    ),
  );
}

/** Whether mail comes back to where the provider hears of it. */
async function checkReturn(dns: Dns, { envelopeDomain, way }: SenderToCheck): Promise<Finding> {
  const servers = await dns.mx(envelopeDomain);
  if (way === "resend") {
    return servers.some((server) => server.startsWith("feedback-smtp."))
      ? ok("return", `Mail that comes back to ${envelopeDomain} reaches Resend.`)
      : wrong(
          "return",
          `${envelopeDomain} has no MX record of Resend: bounces are lost.`,
          record(
            envelopeDomain,
            "MX",
            "10 feedback-smtp.REGION.amazonses.com, as the domain's page at Resend shows it",
          ),
        );
  }
  return servers.length > 0
    ? ok("return", `${envelopeDomain} takes mail that comes back.`)
    : warning(
        "return",
        `${envelopeDomain} has no MX record: mail that comes back may be lost.`,
        record(envelopeDomain, "MX", "the server that takes mail for it"),
      );
}

/** Looks at what receivers look at in the DNS before they take mail of a sender. */
export async function checkSender(dns: Dns, sender: SenderToCheck): Promise<Finding[]> {
  const checks = { SPF: checkSpf, DKIM: checkDkim, DMARC: checkDmarc, return: checkReturn };
  return Promise.all(
    Object.entries(checks).map(([check, look]) => answered(check, () => look(dns, sender))),
  );
}
