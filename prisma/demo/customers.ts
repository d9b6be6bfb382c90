import { randomUUID } from "node:crypto";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env/env";
import { afterDays, afterHours, afterMinutes } from "@/lib/moments";
import { newReference } from "@/lib/secrets/reference";
import {
  changed,
  type DemoCharacter,
  firefox,
  home,
  judged,
  makeAccount,
  office,
  safari,
  signedUpAt,
} from "@/prisma/demo/person";

/**
 * Maria signed up at home, proved her office by a code, met a wrong code on the way, and gave both
 * places names.
 */
export const maria: DemoCharacter = {
  story: "customer",
  email: "maria@example.com",
  name: "Maria Lindqvist",
  role: "customer",
  make: async (at, passwordHash) => {
    const joined = afterDays(at, -41);
    const browserId = randomUUID();
    const proved = afterDays(at, -20);
    await makeAccount(maria, passwordHash, joined, {
      places: {
        create: [
          { ...signedUpAt(home.network, joined, afterDays(at, -1)), name: "Home" },
          {
            network: office.network,
            name: "Office",
            because: "code",
            createdAt: proved,
            lastUsedAt: afterDays(at, -3),
          },
        ],
      },
      browsers: {
        create: [home, office].map(({ network }) => ({
          browserId,
          network,
          firstSeenAt: joined,
          lastSeenAt: afterDays(at, -1),
        })),
      },
      activities: {
        create: [
          changed("account-created", {}, home.ip, joined),
          changed("place-trusted", { place: office.network }, office.ip, proved),
          changed(
            "place-renamed",
            { place: office.network, placeName: "Office" },
            office.ip,
            afterHours(proved, 0.1),
          ),
        ],
      },
      judgements: {
        create: [
          judged(home.ip, firefox, joined, "entered", "sign-up"),
          judged(office.ip, firefox, proved, "asked-for-code", "new-place"),
          judged(office.ip, firefox, proved, "refused", "wrong-code"),
          judged(office.ip, firefox, afterHours(proved, 0.02), "entered", "right-code", 72),
          judged(office.ip, firefox, afterDays(at, -3), "entered", "known-place"),
          judged(home.ip, safari, afterDays(at, -1), "entered", "known-place"),
        ],
      },
    });
  },
};

const MINUTES_BLOCKED = 3;

// A demo installation is reached from this machine alone: here the block can be seen.
const here = { ip: "127.0.0.1", network: "127.0.0.1/32" };

/** Three wrong codes, the last of them at a moment. */
const blockedAfter = (wrong: Date) => [
  judged(here.ip, firefox, afterMinutes(wrong, -2), "asked-for-code", "new-place"),
  judged(here.ip, firefox, afterMinutes(wrong, -1), "refused", "wrong-code"),
  judged(here.ip, firefox, afterMinutes(wrong, -0.5), "refused", "wrong-code"),
  judged(here.ip, firefox, wrong, "refused", "blocked-by-wrong-codes"),
];

/** Tomás typed three wrong codes a while ago, so that signing in from here is blocked. */
export const tomas: DemoCharacter = {
  story: "blocked customer",
  email: "tomas@example.com",
  name: "Tomás Ribeiro",
  role: "customer",
  make: async (at, passwordHash) => {
    const joined = afterDays(at, -90);
    await makeAccount(tomas, passwordHash, joined, {
      phone: "+442079460958",
      phoneChangedAt: joined,
      places: { create: [signedUpAt("198.51.100.8/32", joined, afterDays(at, -6))] },
      activities: { create: [changed("account-created", {}, "198.51.100.8", joined)] },
      judgements: {
        create: [
          judged("198.51.100.8", firefox, afterDays(at, -6), "entered", "known-place"),
          ...blockedAfter(afterMinutes(at, -MINUTES_BLOCKED)),
        ],
      },
    });
  },
  keep: async (accountId, at, since) => {
    const filter = { subject_place: { subject: accountId, place: here.network } };
    const present = await db.codeAttempts.findUnique({ where: filter });
    if (present?.blockedUntil && present.blockedUntil > at) return;
    // One that support lifted leaves no end behind.
    if (since === "meanwhile" && !present?.blockedUntil) return;
    const blockedAt = afterMinutes(at, -MINUTES_BLOCKED);
    const block = {
      wrong: env().codeMaxAttempts,
      lastWrongAt: blockedAt,
      blockedAt,
      blockedUntil: afterMinutes(blockedAt, Math.max(env().blockMinutes, MINUTES_BLOCKED + 1)),
      blockBecause: "wrong-codes",
      // Whoever has written it down still finds the block by it.
      blockReference: present?.blockReference ?? newReference(),
    };
    await db.codeAttempts.upsert({
      where: filter,
      create: { ...filter.subject_place, ...block },
      update: block,
    });
    // His history says the same, and not once for each time that the block came back.
    const before = { accountId, ip: here.ip, userAgent: firefox, NOT: { verdict: "entered" } };
    await db.signInJudgement.deleteMany({ where: before });
    const data = blockedAfter(blockedAt).map((judgement) => ({ ...judgement, accountId }));
    await db.signInJudgement.createMany({ data });
  },
};

/** Diego called: somebody else had signed in. Support switched his password off yesterday. */
export const diego: DemoCharacter = {
  story: "customer whose password is off",
  endsWithPassword: true,
  email: "diego@example.com",
  name: "Diego Herrera",
  role: "customer",
  make: async (at, passwordHash) => {
    const joined = afterDays(at, -120);
    const off = afterDays(at, -1);
    const stranger = "198.51.100.66";
    const reason = "He called: a sign-in from a place that he does not know.";
    await makeAccount(diego, passwordHash, joined, {
      locale: "es",
      passwordOffAt: off,
      passwordOffBecause: "support",
      places: { create: [signedUpAt("198.51.100.21/32", joined, afterDays(at, -2))] },
      activities: {
        create: [
          changed("account-created", {}, "198.51.100.21", joined),
          changed("password-switched-off", { reason }, null, off),
        ],
      },
      judgements: {
        create: [
          judged("198.51.100.21", safari, afterDays(at, -2), "entered", "known-place"),
          judged(stranger, firefox, afterHours(off, -3), "asked-for-code", "new-place"),
          judged(stranger, firefox, afterHours(off, -2.98), "entered", "right-code", 65),
          judged(stranger, firefox, afterHours(off, 4), "refused", "password-off"),
        ],
      },
    });
  },
};
