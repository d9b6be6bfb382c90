import { spawn } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { freePort } from "@/lib/testing/free-port";
import { makeCertificate, NOBODY, whenListening } from "@/lib/testing/mail-programs";

export const inboxUser = "bounces@returns.example";
export const inboxPassword = "of tests alone";

/** A real IMAP server, over TLS with a certificate of its own. */
export type Dovecot = {
  port: number;
  /** SMTP_BOUNCES for its mailbox. */
  url(parameters?: string, password?: string): string;
  stop(): Promise<void>;
};

/** Debian's dovecot (2.3) with settings and files of its own, which serves one mailbox of files. */
export async function startDovecot(maildir: string): Promise<Dovecot> {
  const directory = makeTestDirectory("portaria-dovecot-");
  const { cert, key } = await makeCertificate(directory);
  const port = await freePort();
  const file = (name: string, text: string, mode: number) => {
    writeFileSync(join(directory, name), text);
    chmodSync(join(directory, name), mode);
    return join(directory, name);
  };
  const users = file("users", `${inboxUser}:{PLAIN}${inboxPassword}\n`, 0o644);
  const owner = `uid=${NOBODY} gid=${NOBODY} home=${maildir} allow_all_users=yes`;
  const settings = file(
    "dovecot.conf",
    `protocols = imap
listen = 127.0.0.1
base_dir = ${directory}/run
state_dir = ${directory}/state
log_path = ${directory}/log
ssl = required
ssl_cert = <${cert}
ssl_key = <${key}
mail_location = maildir:${maildir}
first_valid_uid = 100
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = ${users}
}
userdb {
  driver = static
  args = ${owner}
}
service imap-login {
  chroot =
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${port}
    ssl = yes
  }
}
service anvil {
  chroot =
  # Whoever types a wrong password waits for the next try, which tests need not.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
`,
    0o644,
  );
  const child = spawn("/usr/sbin/dovecot", ["-F", "-c", settings], { stdio: "ignore" });
  const ended = new Promise<void>((resolve, reject) => {
    child.once("close", () => resolve()).once("error", reject);
  });
  await Promise.race([
    whenListening(port),
    ended.then(() => Promise.reject(new Error("dovecot did not start"))),
  ]);
  return {
    port,
    url: (parameters = "?tls.rejectUnauthorized=false", password = inboxPassword) =>
      `imaps://${encodeURIComponent(inboxUser)}:${encodeURIComponent(password)}@127.0.0.1:${port}/INBOX${parameters}`,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      await removeTestDirectory(directory);
    },
  };
}
