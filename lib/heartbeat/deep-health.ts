import { readClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { databaseState } from "@/lib/heartbeat/health";
import { sharedSettings } from "@/lib/heartbeat/own-process";
import { type DeepHealth, healthWithout, judgeHealth } from "@/lib/heartbeat/rules/judge-health";
import { findProcesses, findQueue } from "@/lib/heartbeat/store";
import { log } from "@/lib/log/log";
import { findUnread } from "@/lib/mail/fate/unread-returns";

/** Strangers may ask as often as they like: the database is asked once in so long. */
const KEPT_MS = 1_000;
const ANSWER_MS = 3_000;

let last: { answer: Promise<DeepHealth>; endedAt: number | null } | null = null;

// One at a time, also where the one before is still slow: they are outside all shares of the connections.
let asking: Promise<DeepHealth> | null = null;

function ask(): Promise<DeepHealth> {
  asking ??= judge().finally(() => {
    asking = null;
  });
  return asking;
}

async function judge(): Promise<DeepHealth> {
  const { codeLifetimeMinutes } = env();
  const [queue, processes, unread] = await Promise.all([
    findQueue(readClock(), codeLifetimeMinutes),
    findProcesses(),
    findUnread(),
  ]);
  const settings = sharedSettings();
  const unreadReturnsSeconds = unread?.seconds ?? null;
  return judgeHealth({ queue, processes, settings, codeLifetimeMinutes, unreadReturnsSeconds });
}

async function look(): Promise<DeepHealth> {
  const database = await databaseState();
  if (database !== "ok") return healthWithout(database);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<DeepHealth>((resolve) => {
    timer = setTimeout(() => resolve(healthWithout("slow")), ANSWER_MS);
  });
  const asked = ask().catch((error: unknown) => {
    log.warn({ error }, "How the mail stands could not be read.");
    return healthWithout("unreadable");
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

/** How the installation does, at most a second old; many who ask at once share one answer. Never throws. */
export function deepHealth(): Promise<DeepHealth> {
  if (last !== null && (last.endedAt === null || performance.now() - last.endedAt < KEPT_MS)) {
    return last.answer;
  }
  const mine = { answer: look(), endedAt: null as number | null };
  last = mine;
  void mine.answer.finally(() => {
    mine.endedAt = performance.now();
  });
  return mine.answer;
}
