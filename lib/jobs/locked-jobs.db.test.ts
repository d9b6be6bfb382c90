import { afterEach, expect, type MockInstance, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { startJobs } from "@/lib/jobs/start-jobs";
import { log } from "@/lib/log/log";
import { enqueueMail } from "@/lib/mail/outbox";
import { testDatabase } from "@/lib/testing/database";
import { notice, recordingTransport } from "@/lib/testing/mails";
import { freshAddress } from "@/lib/testing/people";
import { whileLocked } from "@/lib/testing/table-lock";

const url = testDatabase();

afterEach(() => {
  vi.restoreAllMocks();
});

const saidAway = (said: MockInstance) =>
  vi.waitFor(() => {
    const words = said.mock.calls.map((call) => String(call[1]));
    expect(words).toContain("The mail worker cannot reach the database and keeps trying.");
  }, 25_000);

/**
 * Does something while the table of the jobs is locked, at a moment when none is under way: what is to note the
 * end of one then is a rejection that graphile-worker lets nobody wait for, and no test can hear.
 */
async function whileJobsLocked(work: () => Promise<void>): Promise<void> {
  const underWay = "SELECT FROM graphile_worker._private_jobs WHERE locked_at IS NOT NULL";
  const lock = () =>
    whileLocked(url(), ["graphile_worker._private_jobs"], async (holder) => {
      const { rowCount } = await holder.query(underWay);
      if (rowCount !== 0) return false;
      await work();
      return true;
    });
  let isDone = false;
  while (!isDone) isDone = await lock();
}

test("a locked table of the jobs is reported by the worker, which sends the mail when it is free", async () => {
  const said = vi.spyOn(log, "warn").mockImplementation(() => {});
  const recipient = freshAddress();
  const { transport, takenTo } = recordingTransport();
  const worker = await startJobs({ transport });
  await enqueueMail(db, notice({ recipient }));
  await vi.waitFor(() => expect(takenTo(recipient)).toHaveLength(1), 20_000);
  await whileJobsLocked(() => saidAway(said));
  const later = freshAddress();
  await enqueueMail(db, notice({ recipient: later }));
  await vi.waitFor(() => expect(takenTo(later)).toHaveLength(1), 25_000);
  await worker.stop();
});

test("a worker that finds a table locked as it starts sends the mail when it is free, too", async () => {
  const said = vi.spyOn(log, "warn").mockImplementation(() => {});
  const recipient = freshAddress();
  const { transport, takenTo } = recordingTransport();
  await enqueueMail(db, notice({ recipient }));
  const worker = await whileLocked(url(), ["graphile_worker._private_tasks"], async () => {
    const starting = await startJobs({ transport });
    await saidAway(said);
    return starting;
  });
  await vi.waitFor(() => expect(takenTo(recipient)).toHaveLength(1), 25_000);
  await worker.stop();
});
