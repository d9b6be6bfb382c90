import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { freePort } from "@/lib/testing/free-port";
import {
  makeCertificate,
  makeMaildir,
  NOBODY,
  runProgram,
  whenListening,
} from "@/lib/testing/mail-programs";

/** What a receiving server does with mail to an address, in words of postfix's access tables. */
export type Action = "dunno" | `${4 | 5}${string}`;

/** A real mail server: one that mail is handed to, and the one of `there.example` that it hands it on to. */
export type Postfix = {
  /** SMTP_URL of what takes all mail and hands it on, as a host's own server does. */
  relay: string;
  /** Of the server of there.example itself. */
  receiver: string;
  /** Of what speaks to nobody without TLS: from STARTTLS on, and from the first byte. */
  startTls: string;
  wrapped: string;
  /** Where mail to bounces@returns.example, with anything behind a plus sign, is kept, a file a mail. */
  maildir: string;
  /** What it logged. */
  log(): string;
  stop(): Promise<void>;
};

// Answers what postfix asks about each recipient (SMTPD_POLICY_README): attributes, an empty line, an action.
async function startPolicy(actionOf: (recipient: string) => Action) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let asked = "";
    socket
      .on("error", () => undefined)
      .on("data", (text) => {
        asked += text;
        for (let end = asked.indexOf("\n\n"); end >= 0; end = asked.indexOf("\n\n")) {
          const recipient = /^recipient=(.*)$/m.exec(asked.slice(0, end))?.[1] ?? "";
          asked = asked.slice(end + 2);
          const action = actionOf(recipient);
          // What is taken is as good as read.
          socket.write(`action=${action === "dunno" ? "FILTER discard:gone" : action}\n\n`);
        }
      });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { port, stop };
}

const services = `pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
`;

/**
 * Debian's postfix with settings, queue and log of its own, on ports of 127.0.0.1; the system's is left alone.
 *
 * @param options `actionOf`: what there.example does with mail to an address. `pipe`: a script that is run, as
 *   nobody, with each mail that comes to `pipe.example`
 */
export async function startPostfix(options: {
  actionOf: (recipient: string) => Action;
  pipe?: string;
}): Promise<Postfix> {
  const directory = makeTestDirectory("portaria-postfix-");
  chmodSync(directory, 0o755);
  const at = (...names: string[]) => join(directory, ...names);
  for (const name of ["etc", "queue", "data", "mail"]) mkdirSync(at(name));
  const { stdout: owner } = await runProgram("id", ["-u", "postfix"]);
  chownSync(at("data"), Number(owner), 0);
  makeMaildir(at("mail", "bounces"));
  const { cert, key } = await makeCertificate(directory);
  const policy = await startPolicy(options.actionOf);
  const [relay, receiver, startTls, wrapped] = [
    ...[await freePort(), await freePort(), await freePort(), await freePort()],
  ];
  writeFileSync(at("pipe.sh"), options.pipe ?? "#!/bin/sh\nexit 75\n", { mode: 0o755 });
  writeFileSync(
    at("transport"),
    `pipe.example portaria:\nthere.example smtp:[127.0.0.1]:${receiver}\n`,
  );
  writeFileSync(
    at("etc", "main.cf"),
    `compatibility_level = 3.6
queue_directory = ${at("queue")}
data_directory = ${at("data")}
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${at("mail.log")}
maillog_file_prefixes = ${directory}
myhostname = relay.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
disable_dns_lookups = yes
smtpd_peername_lookup = no
smtp_tls_security_level = may
smtpd_tls_security_level = may
smtpd_tls_chain_files = ${key}, ${cert}
recipient_delimiter = +
transport_maps = texthash:${at("transport")}
virtual_mailbox_domains = returns.example
virtual_mailbox_base = ${at("mail")}
virtual_mailbox_maps = inline:{ bounces@returns.example=bounces/ }
virtual_uid_maps = static:${NOBODY}
virtual_gid_maps = static:${NOBODY}
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 1s
delay_warning_time = 1s
`,
  );
  writeFileSync(
    at("etc", "master.cf"),
    `127.0.0.1:${relay} inet n - n - - smtpd
127.0.0.1:${startTls} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
127.0.0.1:${wrapped} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
127.0.0.1:${receiver} inet n - n - - smtpd
  -o myhostname=there.example
  -o { smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:${policy.port}, permit }
portaria unix - n n - - pipe
  flags=DRXhu user=nobody argv=${at("pipe.sh")}
${services}`,
  );
  await runProgram("/usr/sbin/postfix", ["-c", at("etc"), "start"]);
  await Promise.all([relay, receiver, startTls, wrapped].map(whenListening));
  const url = (port: number, scheme = "smtp") =>
    `${scheme}://127.0.0.1:${port}?tls.rejectUnauthorized=false`;
  return {
    relay: url(relay),
    receiver: url(receiver),
    startTls: url(startTls),
    wrapped: url(wrapped, "smtps"),
    maildir: at("mail", "bounces"),
    log: () => readFileSync(at("mail.log"), "utf8"),
    async stop() {
      await runProgram("/usr/sbin/postfix", ["-c", at("etc"), "stop"]);
      await policy.stop();
      await removeTestDirectory(directory);
    },
  };
}
