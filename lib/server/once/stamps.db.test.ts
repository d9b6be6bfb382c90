import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { claimPress, findPress, keepAnswer, stillStands } from "@/lib/server/once/press-store";
import { testDatabase } from "@/lib/testing/database";

testDatabase();

const kinds = ["sessions", "challenges", "cases", "links", "emails"] as const;
const bytes = (text: string) => new Uint8Array(Buffer.from(text));

// An answer may stand on any of them together, and each makes another statement.
const combinations = Array.from({ length: 2 ** kinds.length }, (_, bits) =>
  kinds.filter((_kind, place) => bits & (1 << place)),
);

test.each(combinations.flatMap((some) => [1, 2].map((each) => ({ some, each }))))(
  "an answer that stands on $each of each of $some is kept, and stands",
  async ({ some, each }) => {
    const value = (kind: (typeof kinds)[number]) =>
      Array.from({ length: some.includes(kind) ? each : 0 }, () =>
        kind === "emails" ? `${randomUUID()}@example.com` : randomUUID(),
      );
    const on = {
      sessions: value("sessions"),
      challenges: value("challenges"),
      cases: value("cases"),
      links: value("links"),
      emails: value("emails"),
      begun: { sessions: [], challenges: [] },
    };
    const [id, now] = [randomUUID(), new Date()];
    const press = { id, browser: bytes(id), form: bytes("form") };
    const standpoint = { ip: "203.0.113.7", network: "203.0.113.7/32", now };
    await claimPress({ ...press, now, replaces: null });
    expect(await keepAnswer({ ...press, answer: bytes("answer") }, on, standpoint)).toBe(true);
    const stamp = (await findPress(press.browser))?.stamp ?? "";
    expect(await stillStands(stamp, on, standpoint)).toBe(true);
  },
);
