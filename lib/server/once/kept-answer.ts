import { parse } from "content-type";
import { z } from "zod";
import { decrypt, encrypt } from "@/lib/secrets/encryption";
import { unseal } from "@/lib/secrets/secrets";
import { type Answer, setCookiesOf } from "@/lib/server/once/answer";
import { type Grounds, grounds } from "@/lib/server/once/grounds";
import { cookieSet, type Marks } from "@/lib/server/once/marks";

/** An answer as it is kept for the same form sent again. */
export type KeptAnswer = {
  answer: Answer;
  on: Grounds;
  /** What the browser showed when it sent the form. */
  before: Marks;
  /** In milliseconds since 1970. */
  answeredAt: number;
};

const purpose = "form press answer";

const text = z.string();
const kept = z.object({
  status: z.int(),
  headers: z.record(text, z.union([text, z.number(), z.array(text)])),
  body: z.base64(),
  on: grounds,
  before: z.object({
    browser: text.optional(),
    session: text.optional(),
    pending: text.optional(),
    "trusted-browser": text.optional(),
    case: text.optional(),
  }),
  answeredAt: z.number(),
});

const notice = z.object({
  kind: text.optional(),
  until: z.iso.datetime().nullish(),
  from: z.iso.datetime().nullish(),
  input: z.object({ id: text }).optional(),
});

function noticeOf(answer: Answer): z.infer<typeof notice> {
  const read = notice.safeParse(unseal("notice", cookieSet(setCookiesOf(answer), "notice")));
  return read.success ? read.data : {};
}

/**
 * Whether an answer may be given again: where a form led, or a file. A page says what is
 * true as it is made, an error may be gone at the next try, and so may what kept the database away.
 */
export function isToBeKept(answer: Answer): boolean {
  const { type } = parse(String(answer.headers["content-type"] ?? ""));
  const leads = answer.status >= 300 && answer.headers.location !== undefined;
  const isFile = answer.status === 200 && type !== "text/html";
  return answer.status < 400 && (leads || isFile) && noticeOf(answer).kind !== "unavailable";
}

/** Until when the words of an answer are true, as "blocked until" and "from … on"; null: no such words. */
export function trueUntil(answer: Answer): Date | null {
  const { until, from } = noticeOf(answer);
  const moment = until ?? from;
  return moment ? new Date(moment) : null;
}

/**
 * What was typed and waits for the page that an answer leads to, by its id; null: nothing does. It is
 * shown once: a form that is sent again after that is judged, and what was typed waits again.
 */
export const inputNamed = (answer: Answer): string | null => noticeOf(answer).input?.id || null;

/** Encrypts an answer, which may hold a session's cookie, under the present AUTH_SECRET. */
export function sealAnswer(id: string, { answer, ...rest }: KeptAnswer) {
  const { status, headers, body } = answer;
  const plain = JSON.stringify({ status, headers, body: body.toString("base64"), ...rest });
  return encrypt(purpose, id, plain);
}

/** Decrypts the answer of a press; null when it is another one's or made under another AUTH_SECRET. */
export function openAnswer(id: string, sealed: Uint8Array): KeptAnswer | null {
  const plain = decrypt(purpose, id, sealed);
  if (plain === null) return null;
  const { status, headers, body, ...rest } = kept.parse(JSON.parse(plain));
  return { answer: { status, headers, body: Buffer.from(body, "base64") }, ...rest };
}
