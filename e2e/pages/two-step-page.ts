import type { Person } from "@/e2e/fixtures";
import { press, send } from "@/e2e/pages/own-keys";
import { Authenticator } from "@/e2e/support/authenticator";
import type { Visitor } from "@/e2e/visitor";
import { keyOfText } from "@/lib/testing/app-keys";

/** Adds an authenticator app at `/account/security/two-step`, where the page is open. */
export async function addApp(visitor: Visitor, person: Person): Promise<Authenticator> {
  const { main, page, say } = visitor;
  await press(visitor, "twoStep.apps.add");
  await page.waitForURL("/account/security/two-step/app");
  const key = await main.getByLabel(say("twoStep.add.key"), { exact: true }).innerText();
  const app = new Authenticator(keyOfText(key));
  await send(visitor, "twoStep.add.submit", {
    "twoStep.add.name": "Phone",
    "twoStep.add.code": await app.nextCode(),
    "twoStep.password": person.password,
  });
  await page.waitForURL(/\/account\/security\/two-step(?!\/app)/);
  return app;
}
