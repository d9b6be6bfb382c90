import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:tls";

/** A mail in the mailbox: what it holds, or that the connection breaks where it is read. */
export type MailInBox = { uid: number; source: string | "breaks"; flags: Set<string> };

/** An IMAP server over TLS on 127.0.0.1, as far as a mailbox of returned mail needs one. */
export type TestImap = {
  port: number;
  mails: MailInBox[];
  /** Each command that was sent, without its tag. */
  heard: string[];
  put(source: string): void;
  stop(): Promise<void>;
};

const uidsOf = (set: string) =>
  set.split(",").flatMap((part) => {
    const [from = 0, to = from] = part.split(":").map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });

// A mailbox that is made anew numbers its mails anew, and says so.
let validity = 0;

function answerOf(command: string, mails: MailInBox[]): string[] | "break" {
  const fetched = /^UID FETCH (\S+) /i.exec(command);
  if (fetched) {
    const uids = uidsOf(fetched[1] ?? "");
    const found = mails.filter(({ uid }) => uids.includes(uid));
    if (found.some(({ source }) => source === "breaks")) return "break";
    return found.map(({ uid, source }) => {
      const length = Buffer.byteLength(source);
      return `* ${mails.findIndex((one) => one.uid === uid) + 1} FETCH (UID ${uid} BODY[]<0> {${length}}\r\n${source})`;
    });
  }
  const stored = /^UID STORE (\S+) \+FLAGS(?:\.SILENT)? \(([^)]*)\)/i.exec(command);
  if (stored) {
    for (const { uid, flags } of mails) {
      if (!uidsOf(stored[1] ?? "").includes(uid)) continue;
      for (const flag of (stored[2] ?? "").split(" ")) flags.add(flag.toLowerCase());
    }
    return [];
  }
  if (/^UID SEARCH /i.test(command)) {
    const unread = mails.filter(({ flags }) => !flags.has("\\seen") && !flags.has("\\deleted"));
    return [`* SEARCH ${unread.map(({ uid }) => uid).join(" ")}`.trimEnd()];
  }
  if (/^CAPABILITY/i.test(command)) return ["* CAPABILITY IMAP4rev1"];
  if (/^(LIST|LSUB) /i.test(command)) return ['* LIST () "/" INBOX'];
  if (/^SELECT /i.test(command)) {
    const flags = "(\\Seen \\Deleted)";
    return [
      ...[`* FLAGS ${flags}`, `* ${mails.length} EXISTS`, `* OK [UIDVALIDITY ${validity}] Valid`],
      ...[`* OK [PERMANENTFLAGS ${flags}] Kept`, `* OK [UIDNEXT ${mails.length + 1}] Next`],
    ];
  }
  return [];
}

/** Starts one, which lets everybody in. */
export async function startImap(certificate: { cert: string; key: string }): Promise<TestImap> {
  validity += 1;
  const mails: MailInBox[] = [];
  const heard: string[] = [];
  const open = new Set<Socket>();
  const server = createServer(certificate, (socket) => {
    open.add(socket);
    let text = "";
    socket.on("error", () => undefined).write("* OK [CAPABILITY IMAP4rev1] Ready\r\n");
    socket.on("data", (more) => {
      text += more;
      const lines = text.split("\r\n");
      text = lines.pop() ?? "";
      for (const line of lines) {
        const [tag, command = ""] = line.split(/ (.*)/s);
        heard.push(command);
        const answer = answerOf(command, mails);
        if (answer === "break") return void socket.destroy();
        socket.write([...answer, `${tag} OK Done`, ""].join("\r\n"));
      }
    });
  });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    heard,
    put: (source) => void mails.push({ uid: mails.length + 1, source, flags: new Set() }),
    stop: () =>
      new Promise<void>((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
