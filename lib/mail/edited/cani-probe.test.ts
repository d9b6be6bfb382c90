import { test } from "vitest";
import { caniemail } from "caniemail";
import { render, setUpHost } from "@/lib/testing/rendered-mails";
import { mailKinds } from "@/lib/mail/kinds";
test("probe", async () => {
  setUpHost();
  const seen = new Map<string, Set<string>>();
  for (const kind of mailKinds) {
    const { html } = await render(kind);
    const { issues } = caniemail({ clients: ["gmail.*", "outlook.*", "apple-mail.*"], html });
    for (const type of ["errors", "warnings"] as const)
      for (const [client, list] of issues[type]) for (const one of list) {
        const k = `${type} ${one.title}`;
        seen.set(k, (seen.get(k) ?? new Set()).add(client));
      }
  }
  for (const [k, c] of seen) console.log(k, [...c].join(" "));
});
