import type { TakenMail } from "@/e2e/support/fake-resend";

/** The links of a mail's plain text in their order, as paths of the site. */
export function linksOf(mail: TakenMail): string[] {
  return mail.text
    .split("\n")
    .filter((line) => line.startsWith("http"))
    .map((line) => {
      const { pathname, search } = new URL(line);
      return pathname + search;
    });
}

/** The link of a mail that leads to a page, such as `/not-me`. */
export function linkTo(path: string, mail: TakenMail): string {
  const link = linksOf(mail).find((one) => one.startsWith(`${path}?token=`));
  if (link === undefined) throw new Error(`"${mail.subject}" has no link to ${path}.`);
  return link;
}
