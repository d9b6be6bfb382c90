import { notFound } from "next/navigation";
import { orUnavailable } from "@/app/forms/answer";
import { requireViewer } from "@/app/support/viewing-staff";
import { studioRoles } from "@/app/templates/studio-staff";
import { textPath } from "@/app/templates/text-address";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import { oneValue } from "@/lib/password/typed-credentials";
import { mailPage, readLook, wordsPage } from "@/lib/templates/mail-looks";
import { previewText } from "@/lib/templates/preview-text";
import { readText } from "@/lib/templates/read-text";
import { readTextKey } from "@/lib/templates/text-key-of";
import type { TypedText } from "@/lib/templates/typed-text";

type FrameRoute = { params: Promise<{ kind: string }> };

type Asked = { kind: string; query: URLSearchParams; show: string; typed: TypedText | null };

async function frame({ kind, query, show, typed }: Asked): Promise<Response> {
  const key = readTextKey(decodeURIComponent(kind), query.get("language") ?? "");
  if (key === null) notFound();
  const path = textPath(key, "plain");
  const staff = await requireViewer(path, studioRoles);
  const page = typed === null ? await orUnavailable(path, () => readText(staff, key)) : null;
  const text = typed ?? page?.shown;
  if (text === undefined) notFound();
  const asked = { person: query.get("person") ?? "", locale: await getLocale() };
  const made = await orUnavailable(path, () => previewText(key, text, asked));
  const html =
    made === null
      ? wordsPage((await getTranslations("templates.preview"))("impossible"))
      : mailPage(made, readLook(show));
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/** A text as a mail alone, as it is saved, with made-up data. */
export async function GET(request: Request, { params }: FrameRoute): Promise<Response> {
  const query = new URL(request.url).searchParams;
  return frame({ kind: (await params).kind, query, show: query.get("show") ?? "", typed: null });
}

/** The same as it is typed. Nothing of it is kept. */
export async function POST(request: Request, { params }: FrameRoute): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const form = await request.formData();
  const field = (name: string) => oneValue(form, name) ?? "";
  const typed = {
    subjectLine: field("subject"),
    previewLine: field("preview"),
    text: field("text"),
  };
  return frame({ kind: (await params).kind, query, show: field("show"), typed });
}
