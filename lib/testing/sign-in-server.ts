import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { endSession } from "@/lib/account/session-store";
import { clientOf } from "@/lib/client/client-ip";
import { cookieName } from "@/lib/cookies/cookies";
import { hashSecret, seal, unseal } from "@/lib/secrets/secrets";
import { openSession, sealSession } from "@/lib/secrets/session-token";
import { readCookie } from "@/lib/server/gate/cookie";
import { gatedServer } from "@/lib/server/gate/gated-server";
import { signIn } from "@/lib/sign-in/sign-in";
import { checkSignInPassword } from "@/lib/sign-in/sign-in-password";

/** A cookie as our actions set it; without a value it is cleared. */
const cookie = (purpose: Parameters<typeof cookieName>[0], value: string) =>
  `${cookieName(purpose)}=${value}; Path=/; HttpOnly`;

function pendingOf(cookies: string | undefined) {
  const [id, secret] = (readCookie(cookies, cookieName("pending")) ?? "").split(".");
  return id && secret ? { id, secretHash: hashSecret(secret) } : null;
}

async function judgeSignIn(req: IncomingMessage): Promise<{ to: string; cookies: string[] }> {
  const { cookie: cookies } = req.headers;
  const form = new URLSearchParams(await text(req));
  const client = clientOf(new Headers(req.headers as Record<string, string>));
  const known = unseal("browser", readCookie(cookies, cookieName("browser")));
  const browserId = typeof known === "string" ? known : randomUUID();
  const browser = cookie("browser", seal("browser", browserId));
  const email = form.get("email") ?? "";
  const password = form.get("password") ?? "";
  const refuse = (notice: object) => ({
    to: "/login",
    cookies: [browser, cookie("notice", seal("notice", notice))],
  });
  const asking = { client, browserId };
  const checked = await checkSignInPassword({ email, password }, asking);
  if (checked.kind !== "right") return refuse({ kind: checked.kind });
  const { accountId, proof } = checked;
  const earlier = pendingOf(cookies);
  const had = openSession(readCookie(cookies, cookieName("session")));
  const request = { ...asking, accountId, proof, callbackPath: null, earlier };
  const outcome = await signIn({ ...request, replaces: had?.sid });
  switch (outcome.kind) {
    case "entered": {
      if (had !== null && had.sid !== outcome.replaced) await endSession(had.sid);
      const session = sealSession({ sub: outcome.accountId, sid: outcome.sessionId });
      return {
        to: "/account",
        cookies: [browser, cookie("session", session), cookie("pending", "")],
      };
    }
    case "code-asked": {
      const pending = `${outcome.challengeId}.${outcome.secret}`;
      return { to: "/verify", cookies: [browser, cookie("pending", pending)] };
    }
    case "blocked":
      return refuse({ kind: "blocked", until: outcome.until.toISOString() });
    default:
      return refuse({ kind: outcome.kind });
  }
}

/** Sign-ins over HTTP as the pages have them, without the pages. A form to `/hang` is never answered. */
export async function answerSignIn(req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (req.method !== "POST") return void res.end("a page");
  const { to, cookies } = await judgeSignIn(req);
  if (req.url === "/hang") {
    process.send?.("hangs");
    return once(res, "close").then(() => {});
  }
  res.writeHead(303, { Location: to, "Set-Cookie": cookies }).end();
}

/** Starts such a server, as one process of an installation behind a proxy on this machine. */
export async function startSignInServer() {
  const server = gatedServer(answerSignIn, {
    appUrl: "http://localhost:3000",
    trustedProxies: ["127.0.0.1"],
    hasMailbox: false,
    logoUrl: undefined,
    formsOnce: true,
    dev: false,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port };
}
