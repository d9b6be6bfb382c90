import type { AddressInfo, Socket } from "node:net";
import { SMTPServer } from "smtp-server";

/** A mail as the server took it. */
export type SmtpCopy = { id: string; text: string; subject: string };

/**
 * How it behaves: it takes mails; says nothing to whoever connects; takes them and does not answer; or takes them
 * and breaks off instead.
 */
export type SmtpMode = "takes" | "silent" | "late" | "lost";

/** A real SMTP server that keeps what it takes. */
export type KeepingSmtp = {
  /** For SMTP_URL. */
  url: string;
  /** Mails taken, by their Message-ID, oldest first. */
  copies: SmtpCopy[];
  /** How many have connected. */
  connected(): number;
  behave(mode: SmtpMode): void;
  close(): Promise<void>;
};

function copyOf(source: string): SmtpCopy {
  const id = /^Message-ID: <([^@]+)@/im.exec(source)?.[1] ?? "";
  // As its reader has it: lines that were broken for the way are whole.
  const text = source.replace(/=\r?\n/g, "");
  return { id, text, subject: /^Subject: (.*)/im.exec(source)?.[1] ?? "" };
}

/** Starts one on 127.0.0.1. */
export async function startKeepingSmtp(): Promise<KeepingSmtp> {
  const copies: SmtpCopy[] = [];
  const sockets = new Set<Socket>();
  let mode: SmtpMode = "takes";
  let connected = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    closeTimeout: 1,
    onConnect(_session, done) {
      connected += 1;
      if (mode !== "silent") done();
    },
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        copies.push(copyOf(Buffer.concat(chunks).toString("utf8")));
        if (mode === "lost") for (const socket of sockets) socket.destroy();
        else if (mode !== "late") done();
      });
    },
  });
  // Whoever is killed breaks its connection off.
  server.on("error", () => undefined);
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    copies,
    connected: () => connected,
    behave(next) {
      mode = next;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
