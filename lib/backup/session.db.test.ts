import { expect, test } from "vitest";
import { openSession, SESSION_NAME } from "@/lib/backup/session";
import { ask } from "@/lib/testing/commands";
import { testDatabase } from "@/lib/testing/database";

const url = testDatabase();

test("a command that was asked to stop before it connects keeps no connection, which would keep it alive", async () => {
  await expect(openSession(url(), AbortSignal.abort())).rejects.toThrow();
  const sessions = () =>
    ask(
      url(),
      `SELECT pid FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = '${SESSION_NAME}'`,
    );
  await expect.poll(sessions).toEqual([]);
});
