/**
 * The settings of an installation that sends its mail through a fake Resend. The fake takes mail as
 * fast as it comes; at a real provider's pace a notice would wait for the mails of all other tests.
 *
 * @param url the fake's
 */
export const mailThrough = (url = process.env.E2E_RESEND_URL ?? "") => ({
  RESEND_API_KEY: "re_of_the_end_to_end_tests",
  EMAIL_FROM: "Portaria <no-reply@host.example>",
  RESEND_BASE_URL: url,
  EMAIL_PER_SECOND: "200",
});
