import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkSender } from "@/lib/doctor/check-sender";
import { openDns } from "@/lib/doctor/dns";
import { type Finding, withinLimit } from "@/lib/doctor/finding";
import type { SenderToCheck } from "@/lib/doctor/sender-to-check";
import { startDns, type TestDns, type Zone } from "@/lib/testing/dns-server";

let dns: TestDns;
beforeAll(async () => {
  dns = await startDns({});
});
afterAll(() => dns.close());

const keyOf = (bits: number) =>
  generateKeyPairSync("rsa", { modulusLength: bits })
    .publicKey.export({ type: "spki", format: "der" })
    .toString("base64");
const [key, short] = [keyOf(2048), keyOf(768)];
const ed25519 = generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "der" });
const ed25519Key = ed25519.subarray(-32).toString("base64");

const domain = "host.example";
const smtp: SenderToCheck = {
  ...{ domain, way: "smtp", envelopeDomain: domain, selector: "mail", relay: "relay.example" },
};
const resend: SenderToCheck = {
  ...{ domain, way: "resend", envelopeDomain: `send.${domain}`, selector: "resend", relay: null },
};

/** All that an SMTP sender needs. */
const right = {
  txt: {
    [domain]: ["google-site-verification=x", "v=spf1 a:relay.example ~all"],
    [`mail._domainkey.${domain}`]: [`v=DKIM1; k=rsa; p=${key}`],
    [`_dmarc.${domain}`]: ["v=DMARC1; p=quarantine; rua=mailto:d@host.example"],
  },
  mx: { [domain]: ["mx.host.example"] },
  addresses: { "relay.example": ["192.0.2.10"], "mx.host.example": ["192.0.2.10"] },
};
const rightAtResend = {
  txt: {
    [`send.${domain}`]: ["v=spf1 include:amazonses.com ~all"],
    "amazonses.com": ["v=spf1 ip4:199.255.192.0/22 -all"],
    [`resend._domainkey.${domain}`]: [`p=${keyOf(1024)}`],
    [`_dmarc.${domain}`]: ["v=DMARC1; p=reject"],
  },
  mx: { [`send.${domain}`]: ["feedback-smtp.eu-west-1.amazonses.com"] },
};

const withTxt = (name: string, records: string[] | undefined, zone: Zone = right): Zone => {
  const { [name]: _, ...others } = zone.txt ?? {};
  return { ...zone, txt: records === undefined ? others : { ...others, [name]: records } };
};

async function look(zone: Zone | null, sender = smtp): Promise<Record<string, Finding>> {
  dns.say(zone);
  const findings = await withinLimit(20_000, (inTime) =>
    checkSender(sender, { dns: openDns(dns.server), inTime }),
  );
  return Object.fromEntries(findings.map((finding) => [finding.check, finding]));
}

const levels = (found: Record<string, Finding>) =>
  Object.fromEntries(Object.entries(found).map(([check, { level }]) => [check, level]));

const well = { SPF: "ok", DKIM: "ok", DMARC: "ok", return: "ok" };

test("where all is right nothing is to be done", async () => {
  for (const found of [await look(right), await look(rightAtResend, resend)]) {
    expect(levels(found)).toEqual(well);
    expect(Object.values(found).filter(({ todo }) => todo !== undefined)).toEqual([]);
  }
});

type Case = [what: string, check: string, zone: Zone, level: string, says: RegExp, todo: RegExp];
const chain = (count: number): Record<string, string[]> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [
      `n${n}.example`,
      [`v=spf1 include:n${n + 1}.example -all`],
    ]),
  );

const spf = (...records: string[]) => withTxt(domain, records);
const withAll = (others: Record<string, string[]>, record: string): Zone => ({
  ...right,
  txt: { ...right.txt, ...others, [domain]: [record] },
});
const dkim = (...records: string[]) => withTxt(`mail._domainkey.${domain}`, records);
const dmarc = (...records: string[]) => withTxt(`_dmarc.${domain}`, records);

const cases: Case[] = [
  [
    "no SPF",
    "SPF",
    withTxt(domain, undefined),
    "wrong",
    /no SPF record/,
    /Add at host\.example the TXT record: "v=spf1 a:relay\.example ~all"/,
  ],
  [
    "two SPF records",
    "SPF",
    spf("v=spf1 -all", "v=spf1 mx -all"),
    "wrong",
    /2 SPF records/,
    /one TXT record/,
  ],
  ["+all", "SPF", spf("v=spf1 mx +all"), "wrong", /\+all: anybody/, /~all/],
  ["all without a sign", "SPF", spf("v=spf1 mx all"), "wrong", /anybody/, /~all/],
  ["?all", "SPF", spf("v=spf1 mx ?all"), "warning", /all others/, /~all/],
  ["no end", "SPF", spf("v=spf1 mx"), "warning", /all others/, /~all/],
  [
    "a word that there is not",
    "SPF",
    spf("v=spf1 ipv4:192.0.2.1 -all"),
    "wrong",
    /"ipv4:192\.0\.2\.1"/,
    /take that word out/,
  ],
  [
    "eleven look-ups of one's own",
    "SPF",
    spf(`v=spf1 ${Array.from({ length: 11 }, (_, n) => `a:h${n}.example`).join(" ")} -all`),
    "wrong",
    /more than 10 look-ups/,
    /ip4:/,
  ],
  [
    "eleven look-ups by what is included",
    "SPF",
    { ...right, txt: { ...right.txt, ...chain(14), [domain]: ["v=spf1 include:n0.example -all"] } },
    "wrong",
    /more than 10 look-ups/,
    /ip4:/,
  ],
  [
    "includes in a circle",
    "SPF",
    {
      ...right,
      txt: {
        ...right.txt,
        "o.example": [`v=spf1 include:${domain} -all`],
        [domain]: ["v=spf1 include:o.example -all"],
      },
    },
    "wrong",
    /more than 10 look-ups/,
    /ip4:/,
  ],
  [
    "nobody at all",
    "SPF",
    spf("v=spf1 -all"),
    "wrong",
    /lets nobody send/,
    /^Correct the TXT record "v=spf1 …" at host\.example: put a:relay\.example in front of its end\.$/,
  ],
  ["nobody, softly", "SPF", spf("v=spf1 ~all"), "wrong", /lets nobody send/, /a:relay/],
  ["no word at all", "SPF", spf("v=spf1"), "wrong", /lets nobody send/, /a:relay/],
  [
    "somebody behind the end, where nobody reads",
    "SPF",
    spf("v=spf1 -all a:relay.example"),
    "wrong",
    /lets nobody send/,
    /a:relay/,
  ],
  [
    "nobody but whom it refuses",
    "SPF",
    withAll({ "one.example": ["v=spf1 ip4:192.0.2.10"] }, "v=spf1 -include:one.example ~all"),
    "wrong",
    /lets nobody send/,
    /a:relay/,
  ],
  [
    "nobody by what it includes",
    "SPF",
    withAll({ "none.example": ["v=spf1 -all"] }, "v=spf1 include:none.example -all"),
    "wrong",
    /lets nobody send/,
    /a:relay/,
  ],
  [
    "everybody by what it includes",
    "SPF",
    withAll({ "all.example": ["v=spf1 +all"] }, "v=spf1 include:all.example -all"),
    "wrong",
    /anybody may send/,
    /~all/,
  ],
  [
    "others than the mail server",
    "SPF",
    spf("v=spf1 ip4:198.51.100.0/24 a:www.host.example -all"),
    "warning",
    /does not let relay\.example send in its name, as far as it sends from 192\.0\.2\.10\.$/,
    /put ip4:192\.0\.2\.10, or what your mail provider names in front of its end/,
  ],
  [
    "the mail server, refused before it is let in",
    "SPF",
    spf("v=spf1 -ip4:192.0.2.10 ip4:192.0.2.0/24 -all"),
    "warning",
    /does not let relay\.example/,
    /ip4:192\.0\.2\.10/,
  ],
  [
    "one of two addresses of the mail server",
    "SPF",
    {
      ...spf("v=spf1 ip4:192.0.2.10 -all"),
      addresses: { "relay.example": ["192.0.2.10", "2001:db8::10"] },
    },
    "warning",
    /sends from 2001:db8::10\.$/,
    /put ip6:2001:db8::10,/,
  ],
  [
    "a mail server without an address",
    "SPF",
    { ...spf("v=spf1 ip4:192.0.2.10 -all"), addresses: {} },
    "warning",
    /From which address relay\.example sends is not known here/,
    /beside spf=/,
  ],
  [
    "words that stand for something in each mail",
    "SPF",
    spf("v=spf1 include:%{i}.spf.example -all"),
    "warning",
    /is decided for each mail/,
    /beside spf=/,
  ],
  [
    "an include of nothing",
    "SPF",
    spf("v=spf1 include:gone.example -all"),
    "wrong",
    /includes gone\.example/,
    /take include:gone\.example out/,
  ],
  [
    "no key",
    "DKIM",
    withTxt(`mail._domainkey.${domain}`, undefined),
    "wrong",
    /no key at mail\._domainkey/,
    /Add at mail\._domainkey\.host\.example the TXT record/,
  ],
  ["two keys", "DKIM", dkim(`p=${key}`, `p=${key}`), "wrong", /several keys/, /one TXT record/],
  ["a key that was taken back", "DKIM", dkim("v=DKIM1; p="), "wrong", /taken back/, /public key/],
  ["no key in the record", "DKIM", dkim("hello"), "wrong", /is no key/, /public key/],
  [
    "a key of another type than it says",
    "DKIM",
    dkim(`k=rsa; p=${ed25519Key}`),
    "wrong",
    /k=rsa, and its key is of another type/,
    /public key/,
  ],
  [
    "an RSA key that is said to be ed25519",
    "DKIM",
    dkim(`k=ed25519; p=${key}`),
    "wrong",
    /k=ed25519/,
    /public key/,
  ],
  ["a type that there is not", "DKIM", dkim(`k=dsa; p=${key}`), "wrong", /k=dsa/, /public key/],
  [
    "a key that few read",
    "DKIM",
    dkim(`k=ed25519; p=${ed25519Key}`),
    "warning",
    /not all receivers/,
    /RSA/,
  ],
  ["a short key", "DKIM", dkim(`p=${short}`), "wrong", /fewer than 1024/, /2048/],
  ["a key that is tried out", "DKIM", dkim(`t=y; p=${key}`), "warning", /t=y/, /Take t=y out/],
  [
    "no DMARC",
    "DMARC",
    withTxt(`_dmarc.${domain}`, undefined),
    "wrong",
    /no DMARC record/,
    /Add at _dmarc\.host\.example the TXT record: "v=DMARC1; p=none"/,
  ],
  ["p=none", "DMARC", dmarc("v=DMARC1; p=none"), "warning", /is none/, /p=quarantine/],
  [
    "two DMARC records",
    "DMARC",
    dmarc("v=DMARC1; p=none", "v=DMARC1; p=reject"),
    "wrong",
    /several DMARC/,
    /one TXT record/,
  ],
  [
    "no policy",
    "DMARC",
    dmarc("v=DMARC1; rua=mailto:x@host.example"),
    "wrong",
    /no policy/,
    /p=quarantine/,
  ],
  [
    "nobody takes what comes back",
    "return",
    { txt: right.txt, addresses: right.addresses },
    "warning",
    /no MX record/,
    /Add at host\.example the MX record/,
  ],
];

test.each(cases)("%s", async (_, check, zone, level, says, todo) => {
  const found = await look(zone);
  expect([found[check]?.level, found[check]?.says]).toEqual([level, expect.stringMatching(says)]);
  expect(found[check]?.todo ?? "").toMatch(todo);
  // And nothing else is said to be wrong.
  expect(levels({ ...found, [check]: { ...found[check], level: "ok" } as Finding })).toEqual(well);
});

test.each([
  ["its name", "v=spf1 a:relay.example -all"],
  ["its address", "v=spf1 ip4:192.0.2.10 -all"],
  ["its network", "v=spf1 ip4:192.0.2.0/28 -all"],
  ["its name's network", "v=spf1 a:near.example/28 -all"],
  ["being where mail comes to", "v=spf1 mx -all"],
  ["the domain's own name", "v=spf1 a -all"],
  ["what is included", "v=spf1 include:one.example -all"],
  ["what that includes", "v=spf1 include:two.example ~all"],
  ["a record elsewhere", "v=spf1 redirect=one.example"],
  ["whatever word comes first", "v=spf1 ip4:192.0.2.10 -ip4:192.0.2.0/24 -all"],
])("a mail server is let send by %s", async (_, record) => {
  const others = {
    "one.example": ["v=spf1 ip4:198.51.100.1 ip4:192.0.2.10 -all"],
    "two.example": ["v=spf1 include:one.example -all"],
  };
  const zone = withAll(others, record);
  const near = { [domain]: ["192.0.2.10"], "near.example": ["192.0.2.1"] };
  const found = await look({ ...zone, addresses: { ...right.addresses, ...near } });
  expect(found.SPF).toMatchObject({ level: "ok", says: expect.stringMatching(/in \d of 10/) });
});

test("a mail server by its address is known by it, IPv6 too, and one of this machine by none", async () => {
  const zone = spf("v=spf1 ip4:192.0.2.10 ip6:2001:db8::/32 -all");
  for (const relay of ["192.0.2.10", "2001:db8::5"])
    expect((await look(zone, { ...smtp, relay })).SPF).toMatchObject({ level: "ok" });
  for (const relay of ["127.0.0.1", "10.0.0.5", "fd00::1"])
    expect((await look(zone, { ...smtp, relay })).SPF).toMatchObject({
      level: "warning",
      says: expect.stringContaining(`From which address ${relay} sends is not known here`),
    });
  expect((await look(spf(), { ...smtp, relay: "127.0.0.1" })).SPF?.todo).toBe(
    'Add at host.example the TXT record: "v=spf1 ip4:ADDRESS ~all", with the address that your mail server sends from',
  );
});

describe("a sender below the domain that has the record", () => {
  const below = { ...smtp, domain: `mail.${domain}`, envelopeDomain: domain };
  const zone = withTxt(`mail._domainkey.mail.${domain}`, [`p=${key}`]);
  test("goes by the record above it", async () => {
    expect((await look(zone, below)).DMARC).toMatchObject({ level: "ok" });
    const relaxed = withTxt(`_dmarc.${domain}`, ["v=DMARC1; p=reject; sp=none"], zone);
    expect((await look(relaxed, below)).DMARC).toMatchObject({ level: "warning" });
  });
});

test("at Resend the record lets its servers send, and what comes back reaches it", async () => {
  const without = withTxt(`send.${domain}`, ["v=spf1 mx -all"], rightAtResend);
  expect((await look(without, resend)).SPF).toMatchObject({
    level: "wrong",
    todo: expect.stringContaining("include:amazonses.com"),
  });
  const elsewhere = { ...rightAtResend, mx: { [`send.${domain}`]: ["mx.host.example"] } };
  expect((await look(elsewhere, resend)).return).toMatchObject({ level: "wrong" });
  const nothing = await look({}, resend);
  expect(levels(nothing)).toEqual({ SPF: "wrong", DKIM: "wrong", DMARC: "wrong", return: "wrong" });
  expect(nothing.SPF?.todo).toBe(
    'Add at send.host.example the TXT record: "v=spf1 include:amazonses.com ~all"',
  );
});

test("a selector that nobody named is asked for", async () => {
  const { DKIM } = await look(right, { ...smtp, selector: null });
  expect(DKIM).toMatchObject({
    level: "warning",
    todo: expect.stringContaining("--dkim SELECTOR"),
  });
});

test("a DNS server that is silent is said to be, and nothing is said of the records", async () => {
  const found = await look(null);
  for (const { level, says } of Object.values(found)) {
    expect([level, says]).toEqual([
      "wrong",
      expect.stringContaining(`The DNS server ${dns.server} did not say`),
    ]);
  }
});
