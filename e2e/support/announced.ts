// What servers write into their logs because a test has it come so, for `Installation.mayLog`.

/** While its database is away, slow or moved. */
export const databaseIsAway = [
  /The database is away/,
  /Health: the database is away/,
  /The mail worker cannot reach the database/,
  /could not give a sign of life/,
  /How the mail stands could not be read/,
  /failed and is tried again later/,
  /A form's answer is not kept|A form is judged without a look/,
  /A try to send a mail was cut short/,
  /"jobs":/,
];

/** While the mail service takes none, or hangs. */
export const mailIsNotTaken = [
  /A mail was (not taken|refused for good|dropped)/,
  /The mail provider had too much/,
  /Code mail stands still/,
  /A try to send a mail was cut short/,
];

/** While another process of the installation runs at an address of its own. */
export const isBesideAnother = [/has other settings than this process: APP_URL/];

/** Next's own words, where a form comes without `Origin`, as from a program. */
export const formsWithoutOrigin = [
  /Missing `origin` header from a forwarded Server Actions request/,
];
