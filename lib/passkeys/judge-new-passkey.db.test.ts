import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { heldBySession } from "@/lib/passkeys/held-by-session";
import { judgeNewPasskey } from "@/lib/passkeys/judge-new-passkey";
import { makeActor } from "@/lib/testing/actors";
import { Authenticator } from "@/lib/testing/authenticator";
import { stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { askToMake, givePasskey } from "@/lib/testing/passkeys";

testDatabase();
stoppedClock();

async function make(
  change: (answer: { id: string; rawId: string }) => object = (one) => one,
  idBytes = 16,
) {
  const holder = heldBySession(await makeActor(), "add");
  const { ceremony, create } = await askToMake(holder);
  const answer = JSON.parse(new Authenticator({ idBytes }).create(create));
  return judgeNewPasskey({ ceremony, text: JSON.stringify(change(answer)) }, holder);
}

const malformed = { kind: "refused", because: "malformed" };

test.each([1, 16, 1023])("a passkey whose id has %i bytes is taken", async (idBytes) => {
  expect(await make(undefined, idBytes)).toMatchObject({ kind: "made" });
});

test.each([1024, 4096])(
  "one whose id has %i bytes, which WebAuthn does not allow, is not",
  async (idBytes) => {
    expect(await make(undefined, idBytes)).toEqual(malformed);
  },
);

test("an answer that says another id than what is signed is not taken", async () => {
  const { id } = new Authenticator();
  const other = id.toString("base64url");
  expect(await make((answer) => ({ ...answer, id: other, rawId: other }))).toEqual(malformed);
});

test("a passkey with the longest id is kept with all of it", async () => {
  const actor = await makeActor();
  await givePasskey(actor, { authenticator: new Authenticator({ idBytes: 1023 }) });
  const [kept] = await db.passkey.findMany({ where: { accountId: actor.session.accountId } });
  expect(kept?.credentialId).toHaveLength(1023);
});
