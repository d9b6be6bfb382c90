import { signInsCsv } from "@/lib/history/csv";
import { allSignIns, readSignInFilter } from "@/lib/history/list-sign-ins";
import { pageLocale } from "@/lib/i18n/page-locale";
import { requireCustomer } from "@/lib/next-auth/session";

/** The sign-in history as a file for spreadsheets, by the filter of its page. */
export async function GET(request: Request): Promise<Response> {
  const session = await requireCustomer("/account/security/history");
  const filter = readSignInFilter(new URL(request.url).searchParams.get("show"));
  return new Response(signInsCsv(await allSignIns(session, filter), await pageLocale()), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="sign-ins.csv"',
    },
  });
}
