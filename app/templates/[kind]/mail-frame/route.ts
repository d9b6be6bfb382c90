import { notFound } from "next/navigation";
import { orUnavailable } from "@/app/forms/answer";
import { readFrameForm } from "@/app/templates/frame/frame-fields";
import { openText } from "@/app/templates/open-text";
import { textPath } from "@/app/templates/text-address";
import type { StaffMember } from "@/lib/account/staff-member";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import { frameKey, type TextKey } from "@/lib/mail-document/text-key";
import { oneValue } from "@/lib/password/typed-credentials";
import { mailPage, readLook, wordsPage } from "@/lib/templates/mail-looks";
import { previewText } from "@/lib/templates/preview-text";
import { readProofMoment } from "@/lib/templates/proof/proof-moment";
import { proofMail } from "@/lib/templates/proof/proof-text";
import { readText } from "@/lib/templates/read-text";
import type { TypedText } from "@/lib/templates/typed-text";

type FrameRoute = { params: Promise<{ kind: string }> };

const queryOf = (request: Request) => Object.fromEntries(new URL(request.url).searchParams);

/** Who asks for which text: as for its page. */
const open = (request: Request, { params }: FrameRoute) =>
  openText({ params, searchParams: Promise.resolve(queryOf(request)) }, "plain");

/** A text as a mail alone, as it is saved, with made-up data. */
export async function GET(request: Request, route: FrameRoute): Promise<Response> {
  const { staff, key } = await open(request, route);
  const { proof, at } = queryOf(request);
  if (proof !== undefined) return proofFrame(staff, key, { proof, at });
  const page = await orUnavailable(textPath(key, "plain"), () => readText(staff, key));
  if (page === null) notFound();
  const { show, person } = queryOf(request);
  return frame(key, page.shown, { show, person });
}

/** The same as it is typed. Nothing of it is kept. */
export async function POST(request: Request, route: FrameRoute): Promise<Response> {
  const { key } = await open(request, route);
  const form = await request.formData();
  const field = (name: string) => oneValue(form, name) ?? "";
  return frame(key, key.subject === frameKey.subject ? frameTyped(field) : textTyped(field), {
    show: field("show"),
    person: queryOf(request).person,
  });
}

const textTyped = (field: (name: string) => string): TypedText => ({
  ...{ subjectLine: field("subject"), previewLine: field("preview"), text: field("text") },
});

/** What is set once for all mails as its form has it; nothing that is a frame where it is not in order. */
function frameTyped(field: (name: string) => string): TypedText {
  const read = readFrameForm(field);
  const text = read.kind === "frame" ? JSON.stringify(read.frame) : "";
  return { subjectLine: "", previewLine: "", text };
}

async function frame(
  key: TextKey,
  text: TypedText,
  { show = "", person = "" }: { show?: string | undefined; person?: string | undefined },
): Promise<Response> {
  const asked = { person, locale: await getLocale() };
  const made = await orUnavailable(textPath(key, "plain"), () => previewText(key, text, asked));
  const html =
    made === null
      ? wordsPage((await getTranslations("templates.preview"))("impossible"))
      : mailPage(made, readLook(show));
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/** One of the mails of its proof sheet, with nobody's data. */
async function proofFrame(
  staff: StaffMember,
  key: TextKey,
  asked: { proof: string; at: string | undefined },
): Promise<Response> {
  const which = { at: readProofMoment(asked.at), number: Number(asked.proof) };
  const made = await orUnavailable(textPath(key, "proof"), () => proofMail(staff, key, which));
  const html =
    made === null
      ? wordsPage((await getTranslations("templateProof.one"))("impossible"))
      : mailPage(made, readLook(""));
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}
