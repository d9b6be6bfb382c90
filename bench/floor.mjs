import { createHmac, randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { verify } from "@node-rs/argon2";
import pg from "pg";

// The floor that the product is measured by: the same two journeys, on the same paths and with the same
// fields, and nothing around them. Known place: a query, the password's hash, a signed cookie. New network:
// a query, the hash, an insert and a mail; then one statement that judges the code and trusts the
// network. It has no limits, no defence and no error pages, so it is a measure and no server for anybody.
const { PORT, DATABASE_URL, AUTH_SECRET, RESEND_BASE_URL, RESEND_API_KEY } = process.env;

const sessionName = "portaria.session";
const pendingName = "portaria.pending";
const pool = new pg.Pool({ connectionString: DATABASE_URL });
const firstOf = async (name, text, values) => (await pool.query({ name, text, values })).rows[0];

const mac = (text) => createHmac("sha256", AUTH_SECRET).update(text).digest();
const seal = (text) =>
  `${Buffer.from(text).toString("base64url")}.${mac(text).toString("base64url")}`;

function unseal(sealed = "") {
  const [body = "", given = ""] = sealed.split(".").map((part) => Buffer.from(part, "base64url"));
  const text = body.toString();
  const right = mac(text);
  return given.length === right.length && timingSafeEqual(given, right) ? text : null;
}

function cookieOf(request, name) {
  const pairs = (request.headers.cookie ?? "").split("; ").map((pair) => pair.split("="));
  return pairs.find(([key]) => key === name)?.[1];
}

async function fieldsOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

function page(response, body, status = 200) {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" });
  response.end(`<!doctype html><html lang="en"><title>Floor</title>${body}</html>`);
}

function goTo(response, location, cookie) {
  const headers = cookie && { "set-cookie": `${cookie}; Path=/; HttpOnly; SameSite=Lax` };
  response.writeHead(303, { location, ...headers });
  response.end();
}

async function signIn(request, response) {
  const fields = await fieldsOf(request);
  const ip = request.headers["x-forwarded-for"];
  const account = await firstOf(
    "sign-in",
    `SELECT a.id, a.email, a.password_hash, p.network IS NOT NULL AS is_known
      FROM account a LEFT JOIN trusted_place p ON p.account_id = a.id AND p.network = $2
      WHERE a.email = $1`,
    [fields.get("email"), ip],
  );
  const isRight = account && (await verify(account.password_hash, fields.get("password") ?? ""));
  if (!isRight) return goTo(response, "/login");
  if (account.is_known) return goTo(response, "/account", `${sessionName}=${seal(account.email)}`);

  const id = randomBytes(18).toString("base64url");
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  await firstOf(
    "challenge",
    `INSERT INTO challenge (id, account_id, network, code_mac, expires_at)
      VALUES ($1, $2, $3, $4, now() + interval '10 minutes')`,
    [id, account.id, ip, mac(id + code)],
  );
  const taken = await fetch(`${RESEND_BASE_URL}/emails`, {
    method: "POST",
    headers: { authorization: `Bearer ${RESEND_API_KEY}`, "content-type": "application/json" },
    body: JSON.stringify({
      from: "no-reply@host.example",
      to: account.email,
      subject: `${code} is your code`,
      text: `Your code: ${code}`,
    }),
  });
  if (!taken.ok) throw new Error(`The mail was answered with ${taken.status}.`);
  goTo(response, "/verify", `${pendingName}=${id}`);
}

async function verifyCode(request, response) {
  const code = (await fieldsOf(request)).get("code") ?? "";
  const id = cookieOf(request, pendingName) ?? "";
  const account = await firstOf(
    "verify",
    `WITH tried AS (
        UPDATE challenge SET attempts = attempts + 1, is_used = (code_mac = $2)
        WHERE id = $1 AND NOT is_used AND attempts < 3 AND expires_at > now()
        RETURNING account_id, network, is_used
      ), trusted AS (
        INSERT INTO trusted_place SELECT account_id, network FROM tried WHERE is_used
        ON CONFLICT DO NOTHING
      )
      SELECT a.email FROM tried JOIN account a ON a.id = tried.account_id WHERE tried.is_used`,
    [id, mac(id + code)],
  );
  if (account === undefined) return goTo(response, "/verify");
  goTo(response, "/account", `${sessionName}=${seal(account.email)}`);
}

function showAccount(request, response) {
  const email = unseal(cookieOf(request, sessionName));
  if (email === null) return goTo(response, "/login");
  page(response, `<h1>Account</h1><p>${email}</p>`);
}

const loginForm =
  '<form method="post"><input name="email"><input name="password" type="password"><button>Sign in</button></form>';
const codeForm = '<form method="post"><input name="code"><button>Verify</button></form>';

const routes = {
  "GET /login": (_request, response) => page(response, loginForm),
  "POST /login": signIn,
  "GET /verify": (_request, response) => page(response, codeForm),
  "POST /verify": verifyCode,
  "GET /account": showAccount,
};

const server = createServer(async (request, response) => {
  try {
    const answer = routes[`${request.method} ${request.url}`];
    if (answer === undefined) return page(response, "", 404);
    await answer(request, response);
  } catch (error) {
    console.error(error);
    page(response, "", 500);
  }
});
server.listen(Number(PORT), "127.0.0.1");

// It ends with whoever started it, however that ended.
process.stdin.on("end", () => process.exit(0)).resume();
