import { type CleanUps, quiet } from "@/bench/clean-ups";
import { createQueue, type Queue } from "@/bench/journeys";
import { fillFloor, fillProduct } from "@/bench/people";
import { type PostOffice, startPostOffice } from "@/bench/post-office";
import { AUTH_SECRET, startDatabases, startFloor, startProduct } from "@/bench/servers";
import { ensureBuilt } from "@/lib/building/build.mjs";
import { resetEnvironment } from "@/lib/env/env";
import { migrate } from "@/prisma/migrate";

export const serverNames = ["floor", "product"] as const;
export type ServerName = (typeof serverNames)[number];

/** Where one of the servers is measured: its database, full of people, and its provider of mail. */
export type Ground = { databaseUrl: string; mailUrl: string; queue: Queue };

export type Grounds = {
  post: PostOffice;
  of: Record<ServerName, Ground>;
  /** Of a PostgreSQL that runs here. */
  databasePid: number | null;
};

export const starts = { floor: startFloor, product: startProduct };
const fills = { floor: fillFloor, product: fillProduct };

/** The same for both servers. */
export function byServer<Value>(make: (name: ServerName) => Value): Record<ServerName, Value> {
  return { floor: make("floor"), product: make("product") };
}

/**
 * Builds what is not built, and makes what the servers stand on, with so many people each.
 * @param database a PostgreSQL to use; null: an embedded one
 */
export async function prepareGrounds(
  accounts: number,
  database: string | null,
  cleanUps: CleanUps,
): Promise<Grounds> {
  await ensureBuilt();
  Object.assign(process.env, { AUTH_SECRET });
  resetEnvironment();
  const post = await startPostOffice();
  cleanUps.add(() => post.close());
  const { urls, pid: databasePid } = await startDatabases(database, serverNames, cleanUps);
  const of = byServer((name) => ({
    databaseUrl: urls[serverNames.indexOf(name)] ?? "",
    mailUrl: post.url,
    queue: createQueue(accounts),
  }));
  await migrate(of.product.databaseUrl, { log: quiet });
  console.error(`filling two databases with ${accounts.toLocaleString("en")} people each`);
  for (const name of serverNames) await fills[name](of[name].databaseUrl, accounts);
  return { post, of, databasePid };
}
