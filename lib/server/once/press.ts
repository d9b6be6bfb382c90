import { createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { parse } from "content-type";
import { networkKeyOfIp } from "@/lib/client/network-key";
import type { FormBody } from "@/lib/log/form-body";
import { keysFor } from "@/lib/secrets/secrets";
import { newVisit, readVisit } from "@/lib/server/gate/visit-cookie";
import { type Marks, readMarks } from "@/lib/server/once/marks";

/** A form as it was sent. */
export type SentForm = {
  /** Path and query. */
  target: string;
  headers: IncomingHttpHeaders;
  form: FormBody;
  /** Of the client; null: unknown. */
  ip: string | null;
};

/** What says whether two forms are the same: the browser, the form, its content and the IP. */
export type Press = {
  /** By what only this browser has. */
  browser: Uint8Array<ArrayBuffer>;
  form: Uint8Array<ArrayBuffer>;
  marks: Marks;
  /** When the page that holds the form was made, in milliseconds since 1970; null: it does not say. */
  loadedAt: number | null;
  /** Given to a browser that showed nothing by which it could be known again; else null. */
  newVisit: string | null;
};

// What else an answer depends on: the page that the language switch stands on, and how NextAuth is
// asked by scripts. How Next would be, the gate takes off (lib/server/gate/next-headers.ts).
const distinguishing = ["referer", "x-auth-return-redirect"];

const hmac = (purpose: string) => createHmac("sha256", keysFor(purpose)[0] ?? "");

// The field that components/post-form.tsx adds. It says which page a form was sent from, and is no content.
const loadedField =
  /^\r\n(?:[^\r\n]+\r\n)*?[^\r\n]+; name="loaded"\r\n(?:[^\r\n]+\r\n)*\r\n(\d{1,15})\r\n$/;

/** The moment in a piece that is the field `loaded`; null for every other piece. */
function loadedIn(piece: Buffer): number | null {
  const [, digits] = (piece.length < 200 && loadedField.exec(piece.toString("latin1"))) || [];
  return digits === undefined ? null : Number(digits);
}

/** The pieces of a multipart body between its boundaries: browsers draw a new boundary for each post. */
function* piecesOf(contentType: string, body: Buffer): Generator<Buffer> {
  const { type, parameters } = parse(contentType);
  let start = 0;
  if (parameters.boundary && type.startsWith("multipart/")) {
    const delimiter = Buffer.from(`--${parameters.boundary}`);
    for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, start)) {
      yield body.subarray(start, at);
      start = at + delimiter.length;
    }
  }
  yield body.subarray(start);
}

function formOf(sent: SentForm): Pick<Press, "form" | "loadedAt"> {
  const { target, headers, ip } = sent;
  const { contentType, body } = sent.form;
  const network = networkKeyOfIp(ip);
  const { type } = parse(contentType);
  // A form's action "?" leaves a question mark and nothing behind it.
  const facts = [
    network,
    target.replace(/\?$/, ""),
    type,
    distinguishing.map((name) => headers[name]),
  ];
  const hash = hmac("form press").update(JSON.stringify(facts));
  let loadedAt: number | null = null;
  for (const piece of piecesOf(contentType, body)) {
    const loaded = loadedIn(piece);
    if (loaded === null) hash.update(`\n${piece.length}\n`).update(piece);
    else loadedAt = loaded;
  }
  return { form: new Uint8Array(hash.digest()), loadedAt };
}

/**
 * Reads what a form is known by. Without a cookie of ours nobody can say that two browsers are one, and
 * neither may get what was meant for the other: such a browser is given its first cookie.
 *
 * @throws when AUTH_SECRET is not set
 */
export function readPress(sent: SentForm): Press {
  const marks = readMarks(sent.headers.cookie);
  const known = readVisit(sent.headers.cookie) ?? Object.entries(marks)[0]?.join("=");
  const visit = known ?? newVisit();
  return {
    browser: new Uint8Array(hmac("form press browser").update(visit).digest()),
    ...formOf(sent),
    marks,
    newVisit: known === undefined ? visit : null,
  };
}
