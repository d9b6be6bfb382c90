import { parse } from "content-type";
import { z } from "zod";
import { type FormBody, textsOf } from "@/lib/log/form-body";
import { type LinkPurpose, openLinkToken } from "@/lib/secrets/link-token";
import { unseal } from "@/lib/secrets/secrets";
import { openSession } from "@/lib/secrets/session-token";
import type { Marks } from "@/lib/server/once/marks";
import { readEmail } from "@/lib/typed/email-address";
import { isId } from "@/lib/typed/is-id";

/** The rows that an answer stands on, by what the browser showed, was given and typed. */
export const grounds = z.object({
  sessions: z.array(z.uuid()),
  challenges: z.array(z.uuid()),
  cases: z.array(z.uuid()),
  /** Of links in mails, whatever they do. */
  links: z.array(z.uuid()),
  emails: z.array(z.string()),
  /** What the answer let the browser in by, which must live for it to be given again. */
  begun: z.object({ sessions: z.array(z.uuid()), challenges: z.array(z.uuid()) }),
});

export type Grounds = z.infer<typeof grounds>;

const linkPurposes: Record<LinkPurpose, true> = {
  "password reset": true,
  "not-me": true,
  "confirm-address": true,
  "confirm-old-email": true,
  "confirm-new-email": true,
  "object-case": true,
  case: true,
  "staff-invitation": true,
};

// A form that is larger holds a document, and no more that matters here.
const LARGEST_READ = 64 * 1024;

/** Fields of a form by name, the first of each; none where it cannot be read. */
async function fieldsOf(form: FormBody): Promise<Map<string, string>> {
  const { contentType, body } = form;
  if (body.length > LARGEST_READ) return new Map();
  try {
    if (parse(contentType).type === "application/json") {
      const value = Object.entries(JSON.parse(body.toString()) as object);
      return new Map(value.map(([name, text]) => [name, String(text)]));
    }
    return new Map(textsOf(await form.fields()).reverse());
  } catch {
    return new Map();
  }
}

const uuids = (values: unknown[]) => [...new Set(values.filter(isId))];

const sessionOf = ({ session }: Marks) => openSession(session)?.sid;
const challengeOf = ({ pending }: Marks) => pending?.split(".", 1)[0];
const caseOf = (marks: Marks) => unseal("case", marks.case);

function linksIn(tokens: (string | null | undefined)[]): string[] {
  const purposes = Object.keys(linkPurposes) as LinkPurpose[];
  const ids = tokens.flatMap((token) =>
    purposes.map((purpose) => openLinkToken(purpose, token ?? null)),
  );
  return uuids(ids);
}

/** What the answer to a form stands on. */
export async function groundsOf(
  sent: { target: string; form: FormBody },
  before: Marks,
  after: Marks,
): Promise<Grounds> {
  const fields = await fieldsOf(sent.form);
  const { searchParams } = new URL(sent.target, "http://form");
  const email = readEmail(fields.get("email"));
  const both = <T>(read: (marks: Marks) => T): [T, T] => [read(before), read(after)];
  const [sessions, challenges] = [both(sessionOf), both(challengeOf)];
  const given = ([had, has]: [unknown, unknown]) => (has === had ? [] : uuids([has]));
  return {
    sessions: uuids(sessions),
    challenges: uuids(challenges),
    cases: uuids(both(caseOf)),
    links: linksIn([fields.get("token"), searchParams.get("token")]),
    emails: email === null ? [] : [email],
    begun: { sessions: given(sessions), challenges: given(challenges) },
  };
}
