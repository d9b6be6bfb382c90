import tls from "node:tls";
import { afterEach, expect, test, vi } from "vitest";
import type { ImapMailbox } from "@/lib/env/connection-url";
import { inboxFault, inInbox } from "@/lib/mail/fate/open-inbox";
import { expiredCertificate } from "@/lib/testing/expired-certificate";
import { startImap, type TestImap } from "@/lib/testing/imap-server";
import { namedCertificate } from "@/lib/testing/named-certificate";

let server: TestImap;
afterEach(async () => {
  vi.restoreAllMocks();
  await server.stop();
});

type Certificate = typeof namedCertificate;
type Checked = { certificate: Certificate; isVouchedFor?: boolean; inbox?: Partial<ImapMailbox> };

/** Opens a mailbox whose server shows a certificate; null: it could be opened. */
async function open({ certificate, isVouchedFor = false, inbox = {} }: Checked) {
  server = await startImap(certificate);
  if (isVouchedFor) {
    const { connect } = tls;
    vi.spyOn(tls, "connect").mockImplementation(((
      options: tls.ConnectionOptions,
      then: () => void,
    ) => connect({ ...options, ca: certificate.cert }, then)) as typeof tls.connect);
  }
  const mailbox: ImapMailbox = {
    ...{ host: "127.0.0.1", port: server.port, user: "bounces", password: "tops3cret" },
    ...{ folder: "INBOX", checksCertificate: true, serverName: undefined, address: undefined },
    ...inbox,
  };
  return inInbox(mailbox, new AbortController().signal, async () => null).catch(inboxFault);
}
const named = { serverName: "imap.example" };

test.each<[string, Checked, RegExp]>([
  ["nobody vouches for", { certificate: namedCertificate, inbox: named }, /SELF_SIGNED/],
  ["has ended", { certificate: expiredCertificate, isVouchedFor: true }, /CERT_HAS_EXPIRED/],
  [
    "is another server's",
    { certificate: namedCertificate, isVouchedFor: true },
    /ERR_TLS_CERT_ALTNAME_INVALID/,
  ],
  [
    "is of another name than tls.servername",
    {
      ...{ certificate: namedCertificate, isVouchedFor: true },
      inbox: { serverName: "other.example" },
    },
    /ERR_TLS_CERT_ALTNAME_INVALID/,
  ],
])("a certificate that %s is refused before a password is said", async (_, checked, code) => {
  const fault = await open(checked);
  expect(fault).toMatch(/^its certificate cannot be checked \(/);
  expect(fault).toMatch(code);
  expect(server.heard).toEqual([]);
});

test.each<[string, Checked]>([
  ["is right", { certificate: namedCertificate, isVouchedFor: true, inbox: named }],
  [
    "is not to be checked",
    { certificate: expiredCertificate, inbox: { checksCertificate: false } },
  ],
])("a server whose certificate %s is signed in to", async (_, checked) => {
  expect(await open(checked)).toBeNull();
  expect(server.heard.join("\n")).toMatch(/^(LOGIN|AUTHENTICATE) /m);
});
