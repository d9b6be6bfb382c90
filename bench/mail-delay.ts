import { setTimeout as pause } from "node:timers/promises";
import type { BenchCommand } from "@/bench/arguments";
import type { CleanUps } from "@/bench/clean-ups";
import { prepareGrounds } from "@/bench/grounds";
import { describeRun } from "@/bench/machine";
import { median } from "@/bench/median";
import { emailOf, newAddress, password } from "@/bench/people";
import type { PostOffice } from "@/bench/post-office";
import { startProduct } from "@/bench/servers";
import { formOf, Visitor } from "@/bench/visitor";
import { db, disconnectDatabase } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { enqueueMail } from "@/lib/mail/outbox";
import { hashPassword, isPassword } from "@/lib/password/password-hash";
import { notice } from "@/lib/testing/mails";

type Options = Extract<BenchCommand, { kind: "mail" }>;

/** Of one press on Sign in, in milliseconds. */
type Delay = { answer: number; mail: number; hash: number };

/** What EMAIL_PER_SECOND is unless it is set; a batch counts as one. */
const A_SECOND = 5;
/** Between two presses: else the second waits for the first one's slot. */
const BETWEEN_MS = 500;
const WARM_UP = 30;
const LONGEST_MS = 5 * 60_000;

/** Lets so many notices wait from one moment on. */
async function enqueueNotices(count: number): Promise<void> {
  await db.$transaction(
    async (tx) => {
      for (let n = 0; n < count; n += 1) await enqueueMail(tx, notice());
    },
    { timeout: LONGEST_MS },
  );
}

/**
 * Prints how long after the press on Sign in from a new network the answer is there and the provider has
 * the mail, beside the cost of the password's hash; and the same while notices wait.
 */
export async function measureMailDelay(
  { tries, notices }: Options,
  cleanUps: CleanUps,
): Promise<void> {
  const { post, of } = await prepareGrounds(2 * tries + WARM_UP + 10, null, cleanUps);
  // This process enqueues into the product's database.
  Object.assign(process.env, { DATABASE_URL: of.product.databaseUrl });
  resetEnvironment();
  const server = await startProduct(of.product, A_SECOND);
  cleanUps.add(() => server.stop());

  const hash = await hashPassword(password);
  const press = () => pressOnce(server.url, of.product.queue("new"), post, hash);
  const several = async (count: number) => {
    const delays: Delay[] = [];
    for (let n = 0; n < count; n += 1) {
      await pause(BETWEEN_MS);
      delays.push(await press());
    }
    return delays;
  };
  await several(WARM_UP);
  const alone = await several(tries);
  cleanUps.add(disconnectDatabase);
  await enqueueNotices(notices);
  const beside = await several(tries);
  const waiting = await db.mail.count({ where: { state: "queued" } });

  console.log(describeRun(`npm run bench -- mail ${tries} ${notices}`));
  console.log(
    `The provider takes ${A_SECOND} requests a second, and took ${post.batches()} of many notices; codes go before notices.`,
  );
  console.table([
    rowOf("nothing else waits", alone),
    rowOf(`${notices} notices wait, ${waiting} of them to the end`, beside),
  ]);
}

async function pressOnce(
  url: string,
  person: number,
  post: PostOffice,
  hash: string,
): Promise<Delay> {
  const visitor = new Visitor(url, { headers: { "x-forwarded-for": newAddress(person) } });
  const form = formOf(await visitor.open("/login"), "Sign in");
  const pressed = performance.now();
  await visitor.post("/login", form, { email: emailOf(person), password });
  const answer = performance.now() - pressed;
  const { at } = await post.code(emailOf(person));
  const hashing = performance.now();
  await isPassword(hash, password);
  return { answer, mail: at - pressed, hash: performance.now() - hashing };
}

function rowOf(name: string, delays: Delay[]) {
  const middle = (key: keyof Delay) => median(delays.map((delay) => delay[key]));
  const hash = middle("hash");
  const times = (key: keyof Delay) => (middle(key) / hash).toFixed(2);
  const slowest = Math.max(...delays.map(({ mail }) => mail));
  return {
    "from the press": name,
    "mail, ms beyond the hash": (middle("mail") - hash).toFixed(1),
    "hash, ms": hash.toFixed(1),
    "answer, times the hash": times("answer"),
    "mail, times the hash": times("mail"),
    "mail, slowest": (slowest / hash).toFixed(2),
  };
}
