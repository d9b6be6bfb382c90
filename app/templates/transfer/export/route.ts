import { redirect } from "next/navigation";
import { answerDone, orUnavailable } from "@/app/forms/answer";
import { requireStaffMember } from "@/app/support/staff-member";
import { studioRoles } from "@/app/templates/studio-staff";
import { locales } from "@/lib/i18n/locales";
import { readKind } from "@/lib/mail/kinds";
import { askToSignIn } from "@/lib/next-auth/session";
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
  const outcome = await orUnavailable(PATH, () =>
    exportTexts(staff, typed.length === 0 ? "all" : keys),
  );
  switch (outcome.kind) {
    case "exported":
      return new Response(outcome.json, {
        headers: {
          "Content-Type": "application/json; charset=utf-8",
          "Content-Disposition": `attachment; filename="${outcome.name}"`,
        },
      });
    case "nothing":
      return answerDone(PATH, "nothing-to-export");
    case "signed-out":
      return askToSignIn(PATH);
  }
}
