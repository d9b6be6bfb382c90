import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import pg from "pg";
import type { CleanUps } from "@/bench/clean-ups";
import { describeRun } from "@/bench/machine";
import { runningDatabaseUrl } from "@/lib/data-directory/data-directory.mjs";
import { hashPassword } from "@/lib/password/password-hash";
import { fillCrowd } from "@/lib/testing/crowd";
import { type Installation, startInstallation } from "@/lib/testing/installation";

const ACCOUNTS = 20_000;
const PLACES_EACH = 3;
const AT_ONCE = 8;
const WARM_SECONDS = 6;
const SERVED_SECONDS = 8;
const LOAD_SECONDS = 15;
const TIMES = 3;
// Of the arrivals under load: the others are guesses at made-up addresses, each from a network of its own.
const KNOWN_EVERY = 3;
const password = "a long enough passphrase";

type Answer = { status: number; location: string; cookies: string[]; body: string };
type Tally = Map<string, number>;

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

function send(
  { url }: Installation,
  path: string,
  ip: string,
  { form, cookie }: { form?: string; cookie?: string } = {},
): Promise<Answer> {
  const headers: Record<string, string> = { origin: url, "x-forwarded-for": ip };
  headers.accept = "text/html";
  if (form !== undefined) headers["content-type"] = "application/x-www-form-urlencoded";
  if (cookie !== undefined) headers.cookie = cookie;
  return new Promise((resolve, reject) => {
    const asked = request(
      new URL(path, url),
      { method: form === undefined ? "GET" : "POST", headers, agent },
      (answer) => {
        let body = "";
        answer.setEncoding("utf8").on("data", (piece) => (body += piece));
        answer.once("end", () => {
          const { location = "", "set-cookie": cookies = [] } = answer.headers;
          resolve({ status: answer.statusCode ?? 0, location, cookies, body });
        });
      },
    );
    asked.once("error", reject);
    asked.end(form);
  });
}

async function hiddenFields(server: Installation): Promise<[string, string][]> {
  const { body } = await send(server, "/login", "192.0.2.1");
  const form = (body.match(/<form.*?<\/form>/gs) ?? []).find((one) => one.includes('"password"'));
  const fields = (form ?? "").matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g);
  return [...fields].map(([, name = "", value = ""]) => [name, value]);
}

// The second address of each account of the crowd, which is nobody else's.
const homeOf = (account: number) => {
  const host = account * PLACES_EACH + 2;
  return `20.${(host >> 16) & 255}.${(host >> 8) & 255}.${host & 255}`;
};

/** A journey from a known place: the password, and the account's page. */
async function comeIn(server: Installation, hidden: [string, string][], account: number) {
  const ip = homeOf(account);
  const email = `crowd-${account}@example.com`;
  const form = new URLSearchParams([...hidden, ["email", email], ["password", password]]);
  const answer = await send(server, "/login", ip, { form: form.toString() });
  if (answer.status !== 303) return String(answer.status);
  if (!answer.location.endsWith("/account")) return `303 ${answer.location}`;
  const cookie = answer.cookies.map((line) => line.split(";", 1)[0]).join("; ");
  const page = await send(server, "/account", ip, { cookie });
  return page.body.includes(email) ? "in" : `page ${page.status}`;
}

async function guess(server: Installation, hidden: [string, string][], nth: number) {
  const ip = `172.${16 + ((nth >> 16) & 15)}.${(nth >> 8) & 255}.${nth & 255}`;
  const fields = [...hidden, ["email", `nobody-${nth}@example.com`], ["password", `guess ${nth}`]];
  const form = new URLSearchParams(fields as [string, string][]).toString();
  return String((await send(server, "/login", ip, { form })).status);
}

let next = 1;

/** How many journeys a second come through, so many at a time. */
async function servedRate(server: Installation, hidden: [string, string][], seconds: number) {
  const until = performance.now() + seconds * 1_000;
  let count = 0;
  const work = async () => {
    while (performance.now() < until) {
      const end = await comeIn(server, hidden, next++);
      if (end !== "in") throw new Error(`A sign-in from a known place ended with ${end}.`);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return count / seconds;
}

async function probe(server: Installation) {
  const worker = new Worker(new URL("./health-probe.mjs", import.meta.url), {
    workerData: `${server.url}/api/health`,
  });
  return async () => {
    const answered = new Promise<{ ok: boolean; milliseconds: number }[]>((resolve) =>
      worker.once("message", resolve),
    );
    worker.postMessage("stop");
    const times = await answered;
    await worker.terminate();
    return times;
  };
}

/** Steady arrivals, whatever becomes of those before. */
async function overload(server: Installation, hidden: [string, string][], rate: number) {
  const known: Tally = new Map();
  const unknown: Tally = new Map();
  const under = new Set<Promise<void>>();
  const note = (tally: Tally, end: string) => void tally.set(end, (tally.get(end) ?? 0) + 1);
  const stopProbe = await probe(server);
  const startedAt = performance.now();
  for (let nth = 0; nth < rate * LOAD_SECONDS; nth += 1) {
    const due = startedAt + (nth / rate) * 1_000;
    if (due > performance.now()) await pause(due - performance.now());
    const isKnown = nth % KNOWN_EVERY === 0;
    const ended = isKnown ? comeIn(server, hidden, next++) : guess(server, hidden, next++);
    const done = ended
      .catch(() => "no answer")
      .then((end) => note(isKnown ? known : unknown, end))
      .finally(() => under.delete(done));
    under.add(done);
  }
  const health = await stopProbe();
  await Promise.race([Promise.all(under), pause(60_000)]);
  for (const _ of under) note(known, "no answer in a minute");
  return { known, unknown, health };
}

const said = (tally: Tally) => [...tally].map(([end, count]) => `${count} ${end}`).join(", ");

async function measure(name: string, project: string | undefined, cleanUps: CleanUps) {
  const server = await startInstallation(
    "over-load",
    { TRUSTED_PROXIES: "127.0.0.1", PASSWORD_ATTEMPTS_PER_HOUR: "10000", LOG_LEVEL: "warn" },
    project,
  );
  server.mayLog(/./);
  const stop = cleanUps.add(server.stop);
  const client = new pg.Client({
    connectionString: runningDatabaseUrl(server.dataDir) ?? "",
  });
  await client.connect();
  const size = { accounts: ACCOUNTS, places: ACCOUNTS * PLACES_EACH };
  await fillCrowd(client, size, await hashPassword(password));
  await client.query("VACUUM ANALYZE");
  await client.end();
  const hidden = await hiddenFields(server);
  await servedRate(server, hidden, WARM_SECONDS);
  const rate = await servedRate(server, hidden, SERVED_SECONDS);
  const { known, unknown, health } = await overload(server, hidden, rate * TIMES);
  const times = health.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const at = (part: number) => Math.round(times[Math.floor((times.length - 1) * part)] ?? 0);
  await stop();
  return {
    "": name,
    "served/s": rate.toFixed(1),
    "health median ms": at(0.5),
    "95 of 100": at(0.95),
    slowest: at(1),
    "health 200": `${health.filter(({ ok }) => ok).length} of ${health.length}`,
    "known places": said(known),
    "made-up addresses": said(unknown),
  };
}

/**
 * Lets three times as many people come as the machine can serve, a third of them from known places, and
 * asks for health ten times a second meanwhile.
 *
 * @param other a checkout without what protects this one, to be measured beside it
 */
export async function measureOverLoad(other: string | null, cleanUps: CleanUps): Promise<void> {
  const rows = [];
  if (other !== null) rows.push(await measure(other, other, cleanUps));
  rows.push(await measure("this checkout", undefined, cleanUps));
  console.log(describeRun(`npm run bench -- over-load ${other ?? ""}`.trim()));
  console.table(rows);
}
