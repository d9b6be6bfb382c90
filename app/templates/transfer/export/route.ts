import { redirect } from "next/navigation";
import { orUnavailable } from "@/app/forms/answer";
import { requireStaffMember } from "@/app/support/staff-member";
import { studioRoles } from "@/app/templates/studio-staff";
import { locales } from "@/lib/i18n/locales";
import { readKind } from "@/lib/mail/kinds";
import { exportTexts } from "@/lib/templates/transfer/export-texts";

const PATH = "/templates/transfer";

/** Texts as a file: of the kinds that were ticked, or all of them. A POST: it is recorded. */
export async function POST(request: Request): Promise<Response> {
  const staff = await orUnavailable(PATH, () => requireStaffMember(PATH, studioRoles));
  const form = await request.formData();
  const typed = form.getAll("kind").filter((kind) => typeof kind === "string");
  const kinds = typed.map(readKind).filter((kind) => kind !== null);
  if (typed.length > 0 && kinds.length === 0) redirect(PATH);
  const keys = kinds.flatMap((subject) => locales.map((language) => ({ subject, language })));
  const { name, json } = await orUnavailable(PATH, () =>
    exportTexts(staff, typed.length === 0 ? "all" : keys),
  );
  return new Response(json, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}"`,
    },
  });
}
