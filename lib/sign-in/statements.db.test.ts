import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { checkPassword } from "@/lib/password/check-password";
import { hashPassword } from "@/lib/password/password-hash";
import { signIn } from "@/lib/sign-in/sign-in";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, makeAccount, newBrowser, passwordProof } from "@/lib/testing/people";
import { statementsOf } from "@/lib/testing/statements-of";

testDatabase();

const home = clientAt("203.0.113.7");
const password = "a long enough passphrase";

test("a sign-in from a known place costs at most 3 statements besides the password's", async () => {
  const account = await makeAccount({ trusted: ["203.0.113.7"] });
  const browserId = newBrowser();
  const request = {
    accountId: account.id,
    proof: await passwordProof(account.id),
    client: home,
    browserId,
    callbackPath: null,
    earlier: null,
  };
  await signIn(request);
  const { result, sent } = await statementsOf(() => signIn(request));
  expect(result.kind).toBe("entered");
  expect(sent.length).toBeLessThanOrEqual(3);
});

test("the password costs three statements: whose it is, the count, and the count given back", async () => {
  const passwordHash = await hashPassword(password);
  const account = await makeAccount({ trusted: ["203.0.113.7"], passwordHash });
  const { result, sent } = await statementsOf(() =>
    checkPassword(account.email, password, home, newBrowser()),
  );
  expect(result.kind).toBe("right");
  expect(sent).toHaveLength(3);
});

test("a sign-in from a new network is one transaction", async () => {
  const account = await makeAccount();
  const proof = await passwordProof(account.id);
  const request = { accountId: account.id, proof, client: home, callbackPath: null, earlier: null };
  const outcome = await signIn({ ...request, browserId: newBrowser() });
  expect(outcome.kind).toBe("code-asked");
  const writers = await db.$queryRaw<{ transactions: bigint; rows: bigint }[]>`
    SELECT count(DISTINCT writer) AS transactions, count(*) AS rows FROM (
      SELECT xmin::text AS writer FROM account WHERE id = ${account.id}::uuid
      UNION ALL SELECT xmin::text FROM challenge WHERE account_id = ${account.id}::uuid
      UNION ALL SELECT xmin::text FROM sign_in_judgement WHERE account_id = ${account.id}::uuid
      UNION ALL SELECT xmin::text FROM mail WHERE account_id = ${account.id}::uuid) written`;
  expect(writers).toEqual([{ transactions: 1n, rows: 4n }]);
});
