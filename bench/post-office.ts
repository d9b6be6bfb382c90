import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** A code that came, and when: by `performance.now()`, with the mail's last byte. */
export type Come = { code: string; at: number };

/** A stand-in for Resend that takes every mail and keeps nothing but codes that nobody has asked for. */
export type PostOffice = {
  /** For RESEND_BASE_URL. */
  url: string;
  /** The code mailed to this address: the one that lies there, or the next. Throws after ten seconds. */
  code(to: string): Promise<Come>;
  /** When the last mail came. */
  lastAt(): number;
  /** Leaves every mail unanswered, and so waiting, until what it returns is called. */
  hold(): () => void;
  /** How many requests for many mails at once came since it was last asked. */
  batches(): number;
  /** Resolves when no mail has come for so long. */
  quiet(milliseconds: number): Promise<void>;
  close(): Promise<void>;
};

const LONGEST_MS = 10_000;

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** Starts one on a free port of 127.0.0.1. Unlike the fake of the tests it holds no mail in memory. */
export async function startPostOffice(): Promise<PostOffice> {
  const lying = new Map<string, Come>();
  const waiting = new Map<string, (come: Come) => void>();
  let lastAt = performance.now();
  let count = 0;
  let held: Promise<void> | undefined;
  let batches = 0;

  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    if (request.method === "GET") {
      // What became of a mail: it knows nothing more than that it took it.
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ object: "email", last_event: "sent" }));
      return;
    }
    const mail = JSON.parse(body);
    await held;
    lastAt = performance.now();
    response.writeHead(200, { "content-type": "application/json" });
    if (Array.isArray(mail)) {
      batches += 1;
      const data = mail.map(() => ({ id: `mail-${count++}` }));
      response.end(JSON.stringify({ data }));
      return;
    }
    response.end(`{"id":"mail-${count++}"}`);
    const code = /\b\d{6}\b/.exec(mail.subject)?.[0];
    if (code === undefined) return;
    for (const to of [mail.to].flat()) {
      const hand = waiting.get(to) ?? ((come: Come) => lying.set(to, come));
      hand({ code, at: lastAt });
    }
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async code(to) {
      const there = lying.get(to);
      if (there !== undefined) {
        lying.delete(to);
        return there;
      }
      let timer: NodeJS.Timeout | undefined;
      try {
        return await new Promise<Come>((resolve, reject) => {
          waiting.set(to, resolve);
          const seconds = LONGEST_MS / 1000;
          const late = () => reject(new Error(`No code came by mail within ${seconds} s.`));
          timer = setTimeout(late, LONGEST_MS);
        });
      } finally {
        clearTimeout(timer);
        waiting.delete(to);
      }
    },
    lastAt: () => lastAt,
    hold() {
      let letGo = () => {};
      held = new Promise((resolve) => {
        letGo = resolve;
      });
      return () => letGo();
    },
    batches() {
      const seen = batches;
      batches = 0;
      return seen;
    },
    async quiet(milliseconds) {
      const begin = performance.now();
      for (;;) {
        const left = Math.max(lastAt, begin) + milliseconds - performance.now();
        if (left <= 0) return;
        await pause(left);
      }
    },
    close() {
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
