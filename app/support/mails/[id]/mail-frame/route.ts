import { notFound } from "next/navigation";
import { orUnavailable } from "@/app/forms/answer";
import { requireViewer } from "@/app/support/viewing-staff";
import { supportRoles } from "@/lib/account/roles";
import { getTranslations } from "@/lib/i18n/translations";
import { readMailPage } from "@/lib/support/mail-page";
import { mailPage, readLook, wordsPage } from "@/lib/templates/mail-looks";

type FrameRoute = { params: Promise<{ id: string }> };

/** A mail alone, as a customer got it, masked. */
export async function GET(request: Request, { params }: FrameRoute): Promise<Response> {
  const { id } = await params;
  const path = `/support/mails/${encodeURIComponent(id)}`;
  const staff = await requireViewer(path, supportRoles);
  const found = await orUnavailable(path, () => readMailPage(staff, id));
  if (found === null) return notFound();
  const look = readLook(new URL(request.url).searchParams.get("show") ?? "");
  const html =
    found.made === null
      ? wordsPage((await getTranslations("support.mail"))("impossible"))
      : mailPage(found.made, look);
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}
