import { requireActor } from "@/app/account/actor";
import { orUnavailable, refuse } from "@/app/forms/answer";
import { exportData } from "@/lib/export/export-data";
import { oneValue } from "@/lib/password/typed-credentials";

const PATH = "/account/data";

/** Everything stored about the customer, as a file of JSON. A POST: it is recorded and mailed. */
export async function POST(request: Request): Promise<Response> {
  const actor = await orUnavailable(PATH, () => requireActor(PATH));
  const password = oneValue(await request.formData(), "password") ?? "";
  const outcome = await orUnavailable(PATH, () => exportData(actor, password));
  switch (outcome.kind) {
    case "exported": {
      const day = outcome.at.toISOString().slice(0, 10);
      return new Response(outcome.json, {
        headers: {
          "Content-Type": "application/json; charset=utf-8",
          "Content-Disposition": `attachment; filename="account-${day}.json"`,
        },
      });
    }
    case "password-missing":
      return refuse(PATH, { form: "export", errors: { password: "passwordMissing" } });
    case "password-wrong":
      return refuse(PATH, { form: "export", errors: { password: "passwordWrong" } });
    case "too-many":
      return refuse(PATH, { form: "export", reason: "tooMany", until: outcome.until });
    case "signed-out":
      return Response.redirect(new URL("/login", request.url), 303);
  }
}
