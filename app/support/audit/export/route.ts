import { redirect } from "next/navigation";
import { orUnavailable } from "@/app/forms/answer";
import { AUDIT_PATH, auditHref } from "@/app/support/audit/audit-query";
import { requireStaffMember } from "@/app/support/staff-member";
import { supportRoles } from "@/lib/account/roles";
import { exportEntries } from "@/lib/audit/export-entries";
import { typedFilter } from "@/lib/audit/read-filter";
import { env } from "@/lib/env/env";
import { pageLocale } from "@/lib/i18n/page-locale";
import { oneValue } from "@/lib/password/typed-credentials";

// The database is asked for the next part once the client has taken the one before.
function streamOf(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}

/** The audit log as a file for spreadsheets, by the filter of its page. A POST: it is recorded. */
export async function POST(request: Request): Promise<Response> {
  const staff = await orUnavailable(AUDIT_PATH, () => requireStaffMember(AUDIT_PATH, supportRoles));
  const form = await request.formData();
  const typed = typedFilter((field) => oneValue(form, field));
  const timeZone = staff.session.account.timeZone ?? env().timeZone;
  const locale = await pageLocale();
  const outcome = await orUnavailable(AUDIT_PATH, () =>
    exportEntries(staff, typed, { timeZone, locale }),
  );
  switch (outcome.kind) {
    case "exported": {
      const day = outcome.at.toISOString().slice(0, 10);
      return new Response(streamOf(outcome.parts), {
        headers: {
          "Content-Type": "text/csv; charset=utf-8",
          "Content-Disposition": `attachment; filename="audit-log-${day}.csv"`,
        },
      });
    }
    // The page says what is wrong with it.
    case "filter-wrong":
      return redirect(auditHref(typed));
    case "signed-out":
      return redirect("/login");
  }
}
