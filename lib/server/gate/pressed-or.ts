import type { IncomingMessage, ServerResponse } from "node:http";
import { currentRequest, noteReached } from "@/lib/log/request-context";
import { answerFailed } from "@/lib/server/gate/answer-failed";

type Handle = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** Answers a form that needs no app by what it leads to; hands everything else on. */
export function pressedOr(handle: Handle): Handle {
  return async (req, res) => {
    const press = currentRequest()?.press;
    if (press === undefined) return handle(req, res);
    // What fails from here on is ours, and not what was sent.
    noteReached();
    let path: string;
    try {
      path = await press();
    } catch (error) {
      return answerFailed(error, "press", req, res);
    }
    res.writeHead(303, { Location: path }).end();
  };
}
