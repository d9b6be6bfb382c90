import { redirect } from "next/navigation";
import { answerDone, orUnavailable } from "@/app/forms/answer";
import { requireStaffMember } from "@/app/support/staff-member";
import { studioRoles } from "@/app/templates/studio-staff";
import { locales } from "@/lib/i18n/locales";
import { frameKey } from "@/lib/mail-document/text-key";
import { askToSignIn } from "@/lib/next-auth/session";
import { readTextKey } from "@/lib/templates/text-key-of";
import { exportTexts } from "@/lib/templates/transfer/export-texts";

const PATH = "/templates/transfer";

// Of a mail or a block in each language; the frame is in all of them.
const keysOf = (subject: string) =>
  [...locales, frameKey.language]
    .map((language) => readTextKey(subject, language))
    .filter((key) => key !== null);

/** Texts as a file: those that were ticked with the blocks they show, or all of them. A POST: it is recorded. */
export async function POST(request: Request): Promise<Response> {
  const staff = await orUnavailable(PATH, () => requireStaffMember(PATH, studioRoles));
  const form = await request.formData();
  const typed = form.getAll("kind").filter((kind) => typeof kind === "string");
  const keys = typed.flatMap(keysOf);
  if (typed.length > 0 && keys.length === 0) redirect(PATH);
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
