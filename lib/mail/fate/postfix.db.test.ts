import { spawn, spawnSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { root } from "@/lib/machine/project.mjs";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { type Claims, openClaims } from "@/lib/mail/claims";
import { readReturnedMail } from "@/lib/mail/fate/read-returned-mail";
import { returnAddressOf } from "@/lib/mail/fate/return-address";
import { enqueueMail } from "@/lib/mail/outbox";
import { smtpTransport } from "@/lib/mail/transports/smtp";
import { testDatabase } from "@/lib/testing/database";
import { deliverMail } from "@/lib/testing/deliver-mail";
import { type Dovecot, startDovecot } from "@/lib/testing/dovecot";
import { freePort } from "@/lib/testing/free-port";
import { expectLogged } from "@/lib/testing/logged";
import { giveToOwner, skipsWithoutMailPrograms } from "@/lib/testing/mail-programs";
import { notice } from "@/lib/testing/mails";
import { type Action, type Postfix, startPostfix } from "@/lib/testing/postfix";
import { returnedMail, returnsTo } from "@/lib/testing/returned-mail";
import { isSkipped } from "@/lib/testing/skipping";

const NOBODY = 65_534;

vi.setConfig({ testTimeout: 90_000 });

// In CI they never are.
const areSkipped = skipsWithoutMailPrograms("real mail servers");

describe.skipIf(areSkipped)("real mail servers", () => {
  const databaseUrl = testDatabase();
  const seen = new Set<string>();
  let postfix: Postfix;
  let dovecot: Dovecot;
  let claims: Claims;

  /** What the server of there.example does with mail to an address. */
  function actionOf(recipient: string): Action {
    const [local = ""] = recipient.split(/[.@]/);
    const first = !seen.has(recipient);
    seen.add(recipient);
    switch (local) {
      case "nobody":
        return "550 5.1.1 User unknown";
      case "full":
        return "552 5.2.2 Mailbox full";
      case "blocked":
        return "550 5.7.1 Message blocked";
      case "late":
        return "450 4.3.2 Come again";
      case "grey":
        return first ? "450 4.2.0 Greylisted, see you soon" : "dunno";
      default:
        return "dunno";
    }
  }

  // A checkout in a home directory is often nobody else's to read.
  const mayNobodyRead = () =>
    spawnSync(
      process.execPath,
      ["-e", `require("fs").readFileSync(${JSON.stringify(join(root, "package.json"))})`],
      {
        uid: NOBODY,
        gid: NOBODY,
      },
    ).status === 0;

  beforeAll(async () => {
    // Whoever mail is piped to may not compile: that is done before.
    spawnSync(process.execPath, [join(root, "scripts", "bounce.mjs")], {
      env: withoutSettings(process.env),
      input: "",
    });
    postfix = await startPostfix({ actionOf, pipe: pipeScript() });
    dovecot = await startDovecot(postfix.maildir);
    claims = openClaims(databaseUrl());
  }, 60_000);
  afterAll(async () => {
    await claims?.close();
    await dovecot?.stop();
    await postfix?.stop();
  });

  const pipeScript = () =>
    [
      "#!/bin/sh",
      `export DATABASE_URL='${databaseUrl()}' AUTH_SECRET='${process.env.AUTH_SECRET}'`,
      "export SMTP_BOUNCES=bounces@pipe.example",
      `cd '${root}' && exec '${process.execPath}' scripts/bounce.mjs`,
      "",
    ].join("\n");

  function useInbox(url: string): void {
    process.env.SMTP_BOUNCES = url;
    resetEnvironment();
  }
  beforeEach(() => useInbox(dovecot.url()));
  afterEach(() => {
    delete process.env.SMTP_BOUNCES;
    resetEnvironment();
    for (const path of files()) rmSync(path, { force: true });
  });

  const files = () =>
    ["new", "cur"].flatMap((folder) =>
      readdirSync(join(postfix.maildir, folder)).map((name) => join(postfix.maildir, folder, name)),
    );
  /** How many mails nobody has read yet. */
  const unread = () => files().filter((path) => !/:2,.*S/.test(path)).length;

  const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 30_000, interval: 100 });

  /** Tries once to send a mail to an address. */
  async function send(recipient: string, { url = postfix.relay, to = returnsTo, id = "" } = {}) {
    const mailId = id || (await enqueueMail(db, notice({ recipient })));
    const outcome = await deliverMail(mailId, { claims, transport: smtpTransport(url, to) });
    return { mailId, outcome };
  }

  const changesOf = async (mailId: string) => {
    const orderBy = { notedAt: "asc" } as const;
    const changes = await db.mailChange.findMany({ where: { mailId }, orderBy });
    return changes.map(({ state, reason, status }) => [state, reason, status]);
  };
  const markOf = (address: string) => db.markedAddress.findUnique({ where: { address } });

  /** Puts a mail into the mailbox, as a server does that delivers it. */
  function deliver(name: string, text: string): void {
    const path = join(postfix.maildir, "new", name);
    writeFileSync(path, text);
    giveToOwner(path);
  }

  test.each([
    ["nobody", "no-mailbox", "5.1.1", true],
    ["full", "full", "5.2.2", false],
    ["blocked", "blocked", "5.7.1", false],
  ] as const)(
    "what postfix sends back from a mailbox that is %s says so, once",
    async (local, reason, status, marks) => {
      const recipient = `${local}.one@there.example`;
      const { mailId, outcome } = await send(recipient);
      expect(outcome).toBe("sent");
      await soon(() => expect(unread()).toBe(1));
      const text = readFileSync(files()[0] ?? "", "utf8");
      await readReturnedMail();
      const changes = [
        ["accepted", null, null],
        ["refused", reason, status],
      ];
      expect(await changesOf(mailId)).toEqual(changes);
      expect((await markOf(recipient)) !== null).toBe(marks);
      expect(files()).toEqual([]);
      // Of the mail itself only its headers come back.
      expect(text).not.toContain("203.0.113.42");
      await db.markedAddress.deleteMany();
      deliver("again", text);
      await readReturnedMail();
      expect([await changesOf(mailId), await markOf(recipient)]).toEqual([changes, null]);
      expect(files()).toEqual([]);
    },
  );

  test("a server that says no at once is believed without a returned mail", async () => {
    const recipient = "nobody.at-once@there.example";
    expectLogged(/A mail was refused for good/);
    const { mailId, outcome } = await send(recipient, { url: postfix.receiver });
    expect(outcome).toBe("refused");
    expect(await changesOf(mailId)).toEqual([["refused", "no-mailbox", "5.1.1"]]);
    expect(await markOf(recipient)).toMatchObject({ because: "bounced", status: "5.1.1" });
  });

  test("a greylist is waited for: the mail goes with the next try", async () => {
    const recipient = "grey.direct@there.example";
    expectLogged(/Greylisted, see you soon/);
    const { mailId, outcome } = await send(recipient, { url: postfix.receiver });
    expect(outcome).toBe("put-off");
    expect(await db.mail.findUniqueOrThrow({ where: { id: mailId } })).toMatchObject({
      state: "queued",
      lastError: expect.stringContaining("Greylisted"),
      triedAt: null,
    });
    const again = await send(recipient, { url: postfix.receiver, id: mailId });
    expect(again.outcome).toBe("sent");
    expect(await changesOf(mailId)).toEqual([["accepted", null, null]]);
  });

  test("a mail that is late is delayed and marks nothing, and what a greylist of another server delays arrives", async () => {
    const recipient = "late.one@there.example";
    const late = await send(recipient);
    const grey = await send("grey.relayed@there.example");
    const delayed = (status: string) => [
      ["accepted", null, null],
      ["delayed", "other", status],
    ];
    await soon(async () => {
      await readReturnedMail();
      expect(await changesOf(late.mailId)).toEqual(delayed("4.3.2"));
      expect(await changesOf(grey.mailId)).toEqual(delayed("4.2.0"));
    });
    await soon(() => expect(postfix.log()).toMatch(/to=<grey\.relayed.*status=sent/));
    expect([await db.markedAddress.count({ where: { address: recipient } }), files()]).toEqual([
      0,
      [],
    ]);
  });

  test("TLS from STARTTLS on and from the first byte is spoken where a server asks for it", async () => {
    for (const url of [postfix.startTls, postfix.wrapped]) {
      expect((await send("tls@there.example", { url })).outcome).toBe("sent");
    }
    expectLogged(/self-signed certificate/);
    const checked = postfix.wrapped.replace("=false", "=true");
    expect((await send("tls@there.example", { url: checked })).outcome).toBe("put-off");
  });

  test.skipIf(
    areSkipped ||
      isSkipped(
        !mayNobodyRead(),
        "a mail that is piped; the user nobody may not read this checkout.",
      ),
  )("a mail that postfix pipes to npm run bounce is taken", async () => {
    const recipient = "nobody.piped@there.example";
    const { mailId } = await send(recipient, { to: "bounces@pipe.example" });
    await soon(() => expect(postfix.log()).toMatch(/relay=portaria,.*status=(sent|bounced)/));
    expect(postfix.log()).toMatch(/relay=portaria,.*status=sent \(delivered via portaria service/);
    expect(await changesOf(mailId)).toContainEqual(["refused", "no-mailbox", "5.1.1"]);
  });

  test("a worker sends a mail, and reads by itself what comes back of it", async () => {
    const recipient = "nobody.of-the-worker@there.example";
    const mailId = await enqueueMail(db, notice({ recipient }));
    const worker = spawn(process.execPath, [join(root, "scripts", "worker.mjs")], {
      env: {
        ...withoutSettings(process.env),
        ...{ DATABASE_URL: databaseUrl(), AUTH_SECRET: process.env.AUTH_SECRET },
        ...{ EMAIL_FROM: "Host <no-reply@host.example>", SMTP_URL: postfix.relay },
        SMTP_BOUNCES: dovecot.url(),
      },
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => worker.once("close", resolve));
    try {
      await soon(() => expect(unread()).toBe(1));
      // As its minute comes.
      await db.$executeRaw`SELECT graphile_worker.add_job('read_returned_mail')`;
      await soon(async () =>
        expect(await changesOf(mailId)).toEqual([
          ["accepted", null, null],
          ["refused", "no-mailbox", "5.1.1"],
        ]),
      );
      await soon(() => expect(files()).toEqual([]));
    } finally {
      worker.kill("SIGTERM");
      await ended;
    }
  });

  describe("the mailbox", () => {
    async function returned() {
      const recipient = "someone@there.example";
      const { mailId } = await send(recipient, { url: postfix.receiver });
      return { mailId, text: returnedMail({ mailId, recipient }) };
    }
    const failureOf = async () => (await db.returnReading.findFirst())?.failure ?? null;

    test("what is no report of ours stays, as read; reports of ours go", async () => {
      const one = await returned();
      const forged = returnAddressOf(one.mailId, returnsTo).replace(/.@/, "@");
      deliver("1", "From: ana@example.com\r\nSubject: Hello\r\n\r\nAre you there?\r\n");
      deliver("2", one.text);
      deliver("3", one.text.replaceAll(returnAddressOf(one.mailId, returnsTo), forged));
      await readReturnedMail();
      expect([files().length, unread()]).toEqual([2, 0]);
      expect((await changesOf(one.mailId)).map(([state]) => state)).toContain("refused");
    });

    test("what one process reads another does not", async () => {
      for (let round = 0; round < 10; round += 1) {
        const { mailId, text } = await returned();
        deliver(`round-${round}`, text);
        await Promise.all([readReturnedMail(), readReturnedMail(), readReturnedMail()]);
        expect((await changesOf(mailId)).filter(([state]) => state === "refused")).toHaveLength(1);
        expect(files()).toEqual([]);
      }
    });

    test("a mailbox that another process reads is left to it", async () => {
      const { text } = await returned();
      deliver("theirs", text);
      await db.$executeRaw`UPDATE return_reading SET claimed_until = now() + interval '1 minute'`;
      await readReturnedMail();
      expect(unread()).toBe(1);
      await db.$executeRaw`UPDATE return_reading SET claimed_until = now() - interval '1 second'`;
      await readReturnedMail();
      expect(unread()).toBe(0);
    });

    test("a mail that breaks the reader is passed over, logged once, and keeps no other from being read", async () => {
      const { mailId, text } = await returned();
      deliver("breaks", text);
      chmodSync(files()[0] ?? "", 0);
      expectLogged(/A returned mail cannot be read and is passed over/);
      const warned = vi.spyOn(log, "warn");
      await readReturnedMail();
      deliver("later", text);
      for (let minute = 0; minute < 4; minute += 1) await readReturnedMail();
      expect((await changesOf(mailId)).map(([state]) => state)).toContain("refused");
      expect(files()).toHaveLength(1);
      expect(await failureOf()).toBeNull();
      expect(warned).toHaveBeenCalledTimes(1);
    });

    test.each<[string, () => Promise<string>, RegExp]>([
      [
        "that is away",
        async () => `imaps://b%40x.example:p@127.0.0.1:${await freePort()}`,
        /ECONNREFUSED/,
      ],
      [
        "of another password",
        async () => dovecot.url(undefined, "wrong"),
        /^the user or the password is refused$/,
      ],
      [
        "with a certificate that nobody vouches for",
        async () => dovecot.url(""),
        /^its certificate cannot be checked/,
      ],
      [
        "without such a folder",
        async () => dovecot.url().replace("/INBOX", "/Nowhere"),
        /^there is no such folder$/,
      ],
      [
        "that speaks no TLS",
        async () => dovecot.url().replace(/:\d+\//, `:${new URL(postfix.relay).port}/`),
        /^it /,
      ],
    ])("one %s is noted with its reason, and read again once it can be", async (_, url, reason) => {
      await db.returnReading.deleteMany();
      useInbox(await url());
      await readReturnedMail();
      const [row] = await db.returnReading.findMany();
      expect(row?.failure).toMatch(reason);
      expect(row?.failure).not.toMatch(/wrong|tests alone/);
      expect(row).toMatchObject({ claimedUntil: null, readAt: null });
      const since = row?.failingSince;
      await readReturnedMail();
      expect((await db.returnReading.findFirst())?.failingSince).toEqual(since);
      await db.returnReading.updateMany({ data: { address: returnsTo } });
      useInbox(dovecot.url());
      await readReturnedMail();
      expect(await db.returnReading.findFirst()).toMatchObject({
        failingSince: null,
        failure: null,
      });
    });

    describe("that hangs", () => {
      const server = createServer((socket) => socket.on("error", () => undefined));
      beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
      afterAll(() => server.close());
      beforeEach(async () => {
        await db.returnReading.deleteMany();
        const { port } = server.address() as { port: number };
        useInbox(dovecot.url().replace(/:\d+\//, `:${port}/`));
      });

      test("is noted as too slow", async () => {
        await readReturnedMail(undefined, { milliseconds: 200 });
        expect(await failureOf()).toBe("it is too slow");
      });

      test("is left when the process ends, which is no trouble", async () => {
        const ending = new AbortController();
        server.once("connection", () => ending.abort());
        await readReturnedMail(ending.signal);
        expect(await db.returnReading.findFirst()).toMatchObject({
          claimedUntil: null,
          failingSince: null,
        });
      });
    });
  });
});
