import { setTimeout as pause } from "node:timers/promises";
import type { BenchCommand } from "@/bench/arguments";
import { type CleanUps, quiet } from "@/bench/clean-ups";
import { describeRun } from "@/bench/machine";
import { startFakeResend } from "@/e2e/support/fake-resend";
import { disconnectDatabase } from "@/lib/db/client";
import { startEmbeddedDatabase } from "@/lib/embedded-database/embedded-database.mjs";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { resetEnvironment } from "@/lib/env/env";
import { startJobs } from "@/lib/jobs/start-jobs";
import { log } from "@/lib/log/log";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { enqueueCodeMail } from "@/lib/testing/mails";
import { migrate } from "@/prisma/migrate";

type Options = Extract<BenchCommand, { kind: "mail-burst" }>;

const LONGEST_MS = 240_000;

/** A fake of Resend that takes so many in any second and refuses the others, noting when it took each. */
async function startLimited(limit: number) {
  const fake = await startFakeResend();
  const taken: number[] = [];
  let refused = 0;
  fake.answerWith(() => {
    const at = performance.now();
    if (taken.filter((moment) => moment > at - 1000).length < limit) {
      taken.push(at);
      return null;
    }
    refused += 1;
    const body = { statusCode: 429, name: "rate_limit_exceeded", message: "Too many requests." };
    return { status: 429, body, headers: { "retry-after": "1" } };
  });
  return { fake, taken, refused: () => refused };
}

/**
 * Enqueues codes at once and prints how long after that the provider had taken half, nine tenths and all
 * of them, and how often it refused.
 */
export async function measureBurst(burst: Options, cleanUps: CleanUps): Promise<void> {
  const dataDir = makeTestDirectory("portaria-burst-");
  cleanUps.add(() => removeTestDirectory(dataDir));
  const database = await startEmbeddedDatabase({ dataDir, log: quiet });
  cleanUps.add(database.stop);
  const { fake, taken, refused } = await startLimited(burst.limit);
  cleanUps.add(fake.close);
  Object.assign(process.env, withoutSettings(process.env), {
    DATABASE_URL: database.url,
    AUTH_SECRET: "a secret for measuring of 32 characters",
    RESEND_API_KEY: "re_measuring",
    RESEND_BASE_URL: fake.url,
    EMAIL_FROM: "Host <no-reply@host.example>",
    EMAIL_PER_SECOND: String(burst.limit),
  });
  resetEnvironment();
  log.level = "silent";
  await migrate(database.url, { log: quiet });
  cleanUps.add(disconnectDatabase);
  for (let n = 0; n < burst.workers; n++) {
    const jobs = await startJobs();
    cleanUps.add(() => jobs.stop());
  }
  await enqueueCodeMail();
  const isDone = (count: number, since: number) =>
    taken.length >= count || performance.now() - since > LONGEST_MS;
  const warm = performance.now();
  while (!isDone(1, warm)) await pause(20);
  await pause(2_000);

  const before = refused();
  const from = performance.now();
  await Promise.all(Array.from({ length: burst.mails }, () => enqueueCodeMail()));
  while (!isDone(burst.mails + 1, from)) await pause(50);
  const seconds = taken.slice(1).map((at) => (at - from) / 1000);
  const part = (share: number) => seconds[Math.ceil(burst.mails * share) - 1]?.toFixed(1) ?? "–";
  console.log(
    describeRun(`npm run bench -- mail-burst ${burst.mails} ${burst.limit} ${burst.workers}`),
  );
  console.log(
    `${burst.mails} codes at ${burst.limit} a second, ${burst.workers} sending: half after ${part(0.5)} s, ` +
      `nine tenths after ${part(0.9)} s, the last after ${part(1)} s; ` +
      `${refused() - before} refused tries, ${burst.mails - seconds.length} not taken`,
  );
}
