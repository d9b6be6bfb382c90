import { networkKeyOfIp } from "@/lib/client/network-key";
import { isDatabaseDown } from "@/lib/db/database-down";
import { database } from "@/lib/db/transaction";
import { isTrustedBySomebody } from "@/lib/places/store";

// Long enough for a flood from one network to ask once, short enough for a place that was just added.
const REMEMBERED_MILLISECONDS = 60_000;
const REMEMBERED_NETWORKS = 10_000;

type Answer = { at: number; known: Promise<boolean> };
const remembered = new Map<string, Answer>();

/**
 * Whether an address is in a place of any account. Asked once a minute for a network; a database that
 * does not answer knows nobody.
 */
export function isSomebodysPlace(ip: string | null): Promise<boolean> {
  if (ip === null) return Promise.resolve(false);
  const network = networkKeyOfIp(ip);
  const now = performance.now();
  const answer = remembered.get(network);
  if (answer !== undefined && now - answer.at < REMEMBERED_MILLISECONDS) return answer.known;
  const known = ask(ip);
  remembered.delete(network);
  remembered.set(network, { at: now, known });
  const [oldest] = remembered.keys();
  if (remembered.size > REMEMBERED_NETWORKS && oldest !== undefined) remembered.delete(oldest);
  return known;
}

async function ask(ip: string): Promise<boolean> {
  try {
    return await isTrustedBySomebody(database, ip);
  } catch (error) {
    if (isDatabaseDown(error)) return false;
    throw error;
  }
}
