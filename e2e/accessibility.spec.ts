import { expect, test } from "@/e2e/fixtures";
import { faults } from "@/e2e/support/axe";
import { expectHeard } from "@/e2e/support/heard";
import { staffStages } from "@/e2e/support/staff-stages";
import { stages } from "@/e2e/support/stages";
import { locales } from "@/lib/i18n/locales";

for (const [stage, way] of Object.entries(stages)) {
  test(`axe finds nothing on any page ${stage}, nor in any state of it`, async ({
    visit,
    customer,
    person,
  }) => {
    test.slow();
    const visitor = await visit();
    for (const [stage, reach] of Object.entries(way)) {
      await test.step(stage, async () => {
        await reach(visitor, { customer, person });
        const prefix = visitor.say("common.errorPrefix");
        await expectHeard(visitor.page, prefix, stage);
        expect.soft(await faults(visitor.page), stage).toEqual([]);
      });
    }
  });
}

test("axe finds nothing on any page of the staff's, nor in any state of it", async ({
  visitAsStaff,
  customer,
}) => {
  test.slow();
  const { visitor } = await visitAsStaff("admin");
  for (const [stage, reach] of Object.entries(staffStages)) {
    await test.step(stage, async () => {
      await reach(visitor, { customer });
      await expectHeard(visitor.page, visitor.say("common.errorPrefix"), stage);
      expect.soft(await faults(visitor.page), stage).toEqual([]);
    });
  }
});

for (const language of locales.filter((locale) => locale !== "en")) {
  test(`${language}: axe finds nothing on /verify, nor when a code is wrong`, async ({
    visit,
    customer,
  }) => {
    const { page, login, verify, say } = await visit({ language });
    await login.signIn(customer);
    await verify.expectOpen();
    expect.soft(await faults(page)).toEqual([]);
    await verify.typeCode("271828");
    await verify.expectAttemptsLeft(2);
    await expectHeard(page, say("common.errorPrefix"));
    expect.soft(await faults(page)).toEqual([]);
  });
}
