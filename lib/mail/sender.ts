/** Who a mail is from. */
export type Sender = { name: string; address: string };

/** Reads `Example Hosting <no-reply@example.com>` or a bare address. */
export function parseSender(text: string): Sender {
  const named = /^(?<name>.*?)\s*<(?<address>[^<>]+)>$/.exec(text.trim());
  const name = (named?.groups?.name ?? "").replace(/^"(.*)"$/, "$1");
  return { name, address: named?.groups?.address ?? text.trim() };
}

/** A sender as a header holds it: the name quoted, so that a comma in it does not end it. */
export function formatSender({ name, address }: Sender): string {
  if (name === "") return address;
  return `"${name.replace(/["\\]/g, "\\$&")}" <${address}>`;
}

/**
 * The sender that mails name.
 *
 * @param from the installation's
 * @param name what is set once for all mails; null: the installation's own
 * @returns what `parseSender` reads
 */
export function senderOf(from: string, name: string | null): string {
  const inOneLine = (name ?? "").replace(/\p{Cc}+/gu, " ").trim();
  return inOneLine === "" ? from : `${inOneLine} <${parseSender(from).address}>`;
}
