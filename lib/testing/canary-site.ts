import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { findLiveSession } from "@/lib/account/session-store";
import { clientOf } from "@/lib/client/client-ip";
import { cookieName } from "@/lib/cookies/cookies";
import { currentRequest } from "@/lib/log/request-context";
import { hashSecret } from "@/lib/secrets/secrets";
import { openSession, sealSession } from "@/lib/secrets/session-token";
import { readCookie } from "@/lib/server/gate/cookie";
import { gatedServer } from "@/lib/server/gate/gated-server";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { localSettings } from "@/lib/testing/gate";
import { answerSignIn } from "@/lib/testing/sign-in-server";

const pageOf = (form: string) =>
  `<html><form action="?" method="post"><input type="hidden" name="loaded" value="1"/>${form}</form></html>`;

async function answerCode(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const form = await currentRequest()?.form?.fields();
  const typed = String(form?.get("code") ?? "");
  const [id = "", secret = ""] = (
    readCookie(req.headers.cookie, cookieName("pending")) ?? ""
  ).split(".");
  const client = clientOf(new Headers(req.headers as Record<string, string>));
  const cookie = { id, secretHash: hashSecret(secret) };
  const outcome = await verifyCode({ typed, cookie, shown: null, client });
  if (outcome.kind !== "right") return void res.writeHead(303, { Location: "/verify" }).end();
  const session = sealSession({ sub: outcome.accountId, sid: outcome.sessionId });
  const cookies = `${cookieName("session")}=${session}; Path=/; HttpOnly`;
  res.writeHead(303, { Location: "/account", "Set-Cookie": cookies }).end();
}

const opened: string[] = [];

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const [path = ""] = (req.url ?? "").split("?");
  opened.push(path);
  if (path === "/login" && req.method === "POST") return answerSignIn(req, res);
  if (path === "/verify" && req.method === "POST") return answerCode(req, res);
  if (path === "/login")
    return void res.end(pageOf('<input name="email"/><input name="password"/>'));
  if (path === "/verify") return void res.end(pageOf('<input name="code"/>'));
  // As every other page is closed to the canary.
  if (path !== "/account") return void res.writeHead(404).end();
  const token = openSession(readCookie(req.headers.cookie, cookieName("session")));
  const session = token === null ? null : await findLiveSession(token.sid);
  res.end(`<p>${session?.account.email ?? "nobody"}</p>`);
}

/** Sign-in, code and account as pages have them, behind the gate and by the real steps; what they show is little. */
export async function startCanarySite() {
  const server = gatedServer(answer, localSettings);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  /** The paths that came past the gate, in their order. */
  return { url: `http://127.0.0.1:${port}`, stop, opened: () => [...opened] };
}
