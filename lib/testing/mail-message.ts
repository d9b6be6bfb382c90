import type { MailMessage } from "@/lib/mail/transports/transport";

/** A mail for the tests of transports. */
export const sampleMessage: MailMessage = {
  id: "0b6f1c52-6a3e-4b0e-9a57-3f4f7a1d2c11",
  kind: "sign-in-code",
  from: "Casa, Host <no-reply@host.example>",
  to: "maria@example.com",
  subject: "482913 is your code – ação",
  html: "<p>ação</p>",
  text: "ação\n482913\n.\nend",
};

/** A limit that no test reaches. */
export const noLimit = () => new AbortController().signal;
