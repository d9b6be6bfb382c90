import { expect, test } from "vitest";
import { noteTries, triesSoFar } from "@/lib/mail/note-tries";

test("tries that fail are counted until a mail is taken; what says nothing of the service is not", async () => {
  const after: (number | null)[] = [];
  for (const outcome of [
    ...["sent", "put-off", "put-off", "dropped", "refused", "settled", "put-off", "sent"],
  ]) {
    expect(await noteTries(async () => outcome)()).toBe(outcome);
    after.push(triesSoFar()?.failed ?? null);
  }
  expect(after).toEqual([null, 1, 2, 2, 2, 2, 3, null]);
});

test("a try that is cut short is no failure of the mail service", async () => {
  const away = noteTries(() => Promise.reject(new Error("the database is away")));
  await expect(away()).rejects.toThrow("away");
  expect(triesSoFar()).toBeNull();
});
