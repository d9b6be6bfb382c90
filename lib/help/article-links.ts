/** Where the links of the articles' texts lead, by the name of their tag. */
export const articleLinks = {
  forgot: "/forgot-password",
  recover: "/recover",
  status: "/recover/status",
  account: "/account",
  password: "/account/password",
  contact: "/account/contact",
  security: "/account/security",
  sessions: "/account/security/sessions",
  activity: "/account/activity",
  data: "/account/data",
  off: "/help/password-switched-off",
  lost: "/help/lost-access",
  support: "/help/lost-access#support",
} as const;
