import { notFound } from "next/navigation";
import { requireViewer } from "@/app/support/viewing-staff";
import { studioRoles } from "@/app/templates/studio-staff";
import { type TextAddress, type TextView, viewPath } from "@/app/templates/text-address";
import type { StaffMember } from "@/lib/account/staff-member";
import { getLocale } from "@/lib/i18n/translations";
import { frameKey, type TextKey } from "@/lib/mail-document/text-key";
import { readTextKey } from "@/lib/templates/text-key-of";

// A page is given its path as it was asked for, a route decoded; no subject has a percent character.
function decoded(kind: string): string {
  try {
    return decodeURIComponent(kind);
  } catch {
    return "";
  }
}

/**
 * Who looks at a page about a text, and which text it is; without a language in the address, that of its
 * reader.
 *
 * @throws Next's redirect to `/login` for whoever is not signed in, its 404 for everyone else and where
 * there can be no such text
 */
export async function openText(
  { params, searchParams }: TextAddress,
  view: TextView,
): Promise<{ staff: StaffMember; key: TextKey }> {
  const { kind } = await params;
  const { language } = await searchParams;
  const subject = decoded(kind);
  const asked = typeof language === "string" ? language : null;
  const staff = await requireViewer(viewPath(subject, view, asked), studioRoles);
  const usual = subject === frameKey.subject ? frameKey.language : await getLocale();
  const key = readTextKey(subject, asked ?? usual);
  // The frame has a page of its own.
  const isElsewhere = key?.subject === frameKey.subject && (view === "plain" || view === "visual");
  return key === null || isElsewhere ? notFound() : { staff, key };
}
