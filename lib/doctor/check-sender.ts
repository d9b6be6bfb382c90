import { checkSpf } from "@/lib/doctor/check-spf";
import { type Dns, DnsSilent } from "@/lib/doctor/dns";
import { type Finding, type InTime, ok, toAdd, warning, wrong } from "@/lib/doctor/finding";
import { judgeDkim } from "@/lib/doctor/rules/dkim";
import { judgeDmarc } from "@/lib/doctor/rules/dmarc";
import type { SenderToCheck } from "@/lib/doctor/sender-to-check";

async function answered(check: string, work: () => Promise<Finding>): Promise<Finding[]> {
  try {
    return [await work()];
  } catch (error) {
    if (!(error instanceof DnsSilent)) throw error;
    return [wrong(check, error.message, "Name another DNS server by --dns ADDRESS, or try again.")];
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
          ? toAdd(name, "TXT", '"p=…", as the domain\'s page at Resend shows it')
          : toAdd(name, "TXT", '"v=DKIM1; k=rsa; p=…", with the public key of your mail server'),
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
    toAdd(
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
          toAdd(
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
        toAdd(envelopeDomain, "MX", "the server that takes mail for it"),
      );
}

/** Looks at what receivers look at in the DNS before they take mail of a sender. */
export async function checkSender(
  sender: SenderToCheck,
  { dns, inTime }: { dns: Dns; inTime: InTime },
): Promise<Finding[]> {
  const checks = { SPF: checkSpf, DKIM: checkDkim, DMARC: checkDmarc, return: checkReturn };
  const found = Object.entries(checks).map(([check, look]) =>
    inTime(check, () => answered(check, () => look(dns, sender))),
  );
  return (await Promise.all(found)).flat();
}
