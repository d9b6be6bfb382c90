/**
 * The code of the canary's sign-in in the plain text of a mail: it stands alone on a line. Null where the mail
 * names another address, such as that of a sign-in before, or holds no code.
 *
 * @param ip of the sign-in, as mails write it
 */
export function codeInMail(text: string, ip: string): string | null {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const namesIp = lines.some((line) => line.split(/[\s,;()]+/).includes(ip));
  if (!namesIp) return null;
  return lines.find((line) => /^\d{6}$/.test(line)) ?? null;
}
