import { notFound } from "next/navigation";
import { orUnavailable } from "@/app/forms/answer";
import { requireViewer } from "@/app/support/viewing-staff";
import { studioRoles } from "@/app/templates/studio-staff";
import { textPath } from "@/app/templates/text-address";
import { oneValue } from "@/lib/password/typed-credentials";
import { previewText } from "@/lib/templates/preview-text";
import { readText } from "@/lib/templates/read-text";
import { readTextKey } from "@/lib/templates/text-key-of";
import type { TypedText } from "@/lib/templates/typed-text";

type FrameRoute = { params: Promise<{ kind: string }> };

async function frame(
  { kind, query }: { kind: string; query: URLSearchParams },
  typed: TypedText | null,
): Promise<Response> {
  const key = readTextKey(decodeURIComponent(kind), query.get("language") ?? "");
  if (key === null) notFound();
  const path = textPath(key, "plain");
  const staff = await requireViewer(path, studioRoles);
  const page = await orUnavailable(path, () => readText(staff, key));
  if (page === null) notFound();
  const shown = { look: query.get("look") ?? "", person: query.get("person") ?? "" };
  const html = await orUnavailable(path, () => previewText(key, typed ?? page.shown, shown));
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/** A text as a mail alone, as it is saved, with made-up data. */
export async function GET(request: Request, { params }: FrameRoute): Promise<Response> {
  const { searchParams } = new URL(request.url);
  return frame({ kind: (await params).kind, query: searchParams }, null);
}

/** The same as it is typed. Nothing of it is kept. */
export async function POST(request: Request, { params }: FrameRoute): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const form = await request.formData();
  const typed = (field: string) => oneValue(form, field) ?? "";
  return frame(
    { kind: (await params).kind, query: searchParams },
    { subjectLine: typed("subject"), previewLine: typed("preview"), text: typed("text") },
  );
}
