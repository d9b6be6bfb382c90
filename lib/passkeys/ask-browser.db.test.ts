import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { type CountKey, countKeys } from "@/lib/db/subjects";
import { askBrowser } from "@/lib/passkeys/ask-browser";
import { heldBySession } from "@/lib/passkeys/held-by-session";
import { takeOffer } from "@/lib/passkeys/offer-passkey";
import { CEREMONIES_PER_HOUR } from "@/lib/passkeys/rules/limits";
import { makeActor } from "@/lib/testing/actors";
import { stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { heldByBrowser } from "@/lib/testing/passkeys";
import { newBrowser } from "@/lib/testing/people";

testDatabase();
stoppedClock();

const network = "203.0.113.7/32";

async function useUp({ key, subject }: CountKey) {
  const hits = Array.from({ length: CEREMONIES_PER_HOUR }, () => new Date());
  await db.rateWindow.create({ data: { key, subject, hits, admitted: true, askedAt: new Date() } });
}

const secondStep = (challengeId: string) => ({
  ...heldByBrowser(newBrowser()),
  ...({ purpose: "second-step", challengeId } as const),
});

test("whoever asks at /login without end uses up what their network may, and nothing of who has proven something", async () => {
  await useUp(countKeys.passkeyCeremoniesFrom(network));
  const { session } = await makeActor();
  expect((await askBrowser(heldByBrowser(newBrowser()), null, network)).kind).toBe("too-many");
  for (const purpose of ["add", "offer"] as const) {
    const holder = heldBySession({ session, browserId: newBrowser() }, purpose);
    expect((await askBrowser(holder, session.account, network)).kind).toBe("asked");
  }
  // Nothing is asked for of an account without passkeys, but nothing speaks against it either.
  const account = { ...session.account, id: session.accountId };
  expect((await askBrowser(secondStep(newBrowser()), account, network)).kind).toBe("none");
  expect((await askBrowser(heldByBrowser(newBrowser()), null, "198.51.100.7/32")).kind).toBe(
    "asked",
  );
});

test("a session, or a sign-in that waits, counts by itself wherever it is", async () => {
  const [one, other] = [(await makeActor()).session, (await makeActor()).session];
  await useUp(countKeys.passkeyCeremoniesOf(one.id));
  const add = (session: typeof one, from: string) =>
    askBrowser(heldBySession({ session, browserId: newBrowser() }, "add"), session.account, from);
  expect((await add(one, network)).kind).toBe("too-many");
  expect((await add(one, "198.51.100.7/32")).kind).toBe("too-many");
  expect((await add(other, network)).kind).toBe("asked");
  const waiting = newBrowser();
  await useUp(countKeys.passkeyCeremoniesOf(waiting));
  expect((await askBrowser(secondStep(waiting), one.account, network)).kind).toBe("too-many");
});

test("whoever has asked too often keeps the offer of thirty days for later", async () => {
  const { session } = await makeActor();
  const holder = heldBySession({ session, browserId: newBrowser() }, "offer");
  const offer = () => askBrowser(holder, session.account, network, () => takeOffer(session));
  const count = countKeys.passkeyCeremoniesOf(session.id);
  await useUp(count);
  expect((await offer()).kind).toBe("too-many");
  await db.rateWindow.delete({ where: { key: count.key } });
  expect((await offer()).kind).toBe("asked");
  expect((await offer()).kind).toBe("none");
});
