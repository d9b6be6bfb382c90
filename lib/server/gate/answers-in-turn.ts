import type { IncomingMessage, ServerResponse } from "node:http";
import { FairShares, type ShareLimits, ShareRefused } from "@/lib/db/connections/fair-shares";
import { reportRefusedShare } from "@/lib/db/connections/refused-shares";
import { currentRequest, noteOverShare } from "@/lib/log/request-context";
import { isPublicFile, readPath } from "@/lib/server/gate/path-rules";

/**
 * How many answers a process makes at once for one account and for one network, of however many in all. With
 * four of an account those of others took as long as without a bound (npm run bench -- crowded-places).
 */
export const ANSWER_SHARES: ShareLimits = { all: Number.POSITIVE_INFINITY, network: 6, account: 2 };

const WAIT_MILLISECONDS = 10_000;
// Whoever reads slowly must not keep the others of the network from theirs.
const LONGEST_MILLISECONDS = 20_000;

/**
 * A handler that makes no more answers at once for an account or a network than its share: each takes the
 * processor's time, of which somebody with fifty tabs would have nearly all. What must wait is
 * served in turn, and after ten seconds gets 503, before anything was judged. Files are nobody's
 * share.
 */
export function inTurn(
  handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>,
): typeof handle {
  const shares = new FairShares(ANSWER_SHARES);
  return async (req, res) => {
    const request = currentRequest();
    const path = readPath(req.url);
    const isFree = path !== null && isPublicFile(path);
    if (request?.holder === undefined || isFree) return handle(req, res);
    const giveBack = await shares
      .take(request.holder, WAIT_MILLISECONDS)
      .catch((error: unknown) => {
        if (!(error instanceof ShareRefused)) throw error;
        reportRefusedShare(request.holder, error, "answers");
        return null;
      });
    if (giveBack === null) {
      noteOverShare("more than its share of the answers");
      // The gate makes the page of it.
      return void res.writeHead(500).end();
    }
    const late = setTimeout(giveBack, LONGEST_MILLISECONDS);
    try {
      // Of a page that nobody waits for any more nothing is made; a form is judged all the same.
      if (req.method === "POST" || !res.closed) await handle(req, res);
    } finally {
      clearTimeout(late);
      giveBack();
    }
  };
}
