const encodings =
  "%40 for @, %3A for :, %2F for /, %3F for ?, %23 for # and %25 for % in user and password";
const database = `a URL such as postgresql://user:password@host:5432/name, with ${encodings}`;
const databaseParameters = `${database}, and no parameters but host, port, options, application_name, sslmode, sslrootcert, sslcert, sslkey, sslnegotiation`;
const smtp = `a URL such as smtp://user:password@host:587, with ${encodings}`;
const smtpParameters = `${smtp}, and no parameters but requireTLS, ignoreTLS, tls.rejectUnauthorized, name, tls.servername`;
const smtpSwitches = `${smtp}, and requireTLS, ignoreTLS, tls.rejectUnauthorized true or false`;
const origin =
  "an http or https URL with nothing behind the host and port, such as https://customers.example.com";
const host = "an IP address or host name of this machine, without http:// and without a port";
const directory = "the path of a directory, written out, such as /var/lib/my-portaria";
const secret = "one secret of 32 characters or more, or several separated by commas";
const proxies =
  "IP addresses or CIDR ranges of your reverse proxies, separated by commas (0.0.0.0/0 and ::/0 are refused)";
const key = "an API key of Resend, such as re_…, in one word";
const webBase = "an http or https URL without user, password and anything behind a ? or #";
const sender = "a sender such as Example Hosting <no-reply@example.com>";
const mailbox =
  "a URL such as imaps://user:password@host/INBOX, with %40 for @ in user and password";
const imapParameters = ", and no parameters but tls.rejectUnauthorized, tls.servername, address";
const returned = `an address that returned mail comes to, such as bounces@example.com, with at most 17 characters before the @, or its mailbox: ${mailbox}, and ?address=bounces@example.com where its user is not the address`;
const phone = "a telephone number of at most 60 characters, such as +351 210 123 456";
const hours = "opening hours in one line of at most 200 characters, such as Mon to Fri, 9 to 18 h";
const brand = 'a name of 1 to 60 characters without <, > or "';
const logo = "the http or https URL of an image, without user and password";
const zone = "a time zone by its name, such as Europe/Lisbon";
const whole = (min: number, max: number) => `a whole number from ${min} to ${max}`;
const amount = (unit: string, max: number) =>
  `a number of ${unit} greater than 0 and at most ${max}`;

// What people and programs write where a whole number belongs.
const noWholeNumbers = [
  "0",
  "-1",
  "1e1",
  "0x10",
  "2.5",
  "1,000",
  "٣",
  "９",
  "five",
  "99999999999999999999",
];
const noAmounts = [
  "0",
  "0.0",
  "-5",
  "1e1",
  "0x10",
  "1,5",
  ".5",
  "٣",
  "ten",
  "10 minutes",
  "99999999999",
];

const long = "a".repeat(32);

/**
 * Wrong values of every setting, with what each must be said to be: the sentence is
 * `<variable> must be <this>.` A new setting needs three or more here.
 */
export const wrongValues: Record<string, Record<string, string[]>> = {
  PORT: { [whole(1, 65535)]: [...noWholeNumbers, "65536", "3000/tcp", "localhost:3000"] },
  HOST: {
    [host]: [
      ...["http://localhost", "localhost:3000", "127.0.0.1:80", "127.1", "0x7f.1"],
      ...["a..b", ".a", "a.-b", `${"a".repeat(64)}.example`, "a\u202eb"],
      ...["2130706433", "256.0.0.1", "[::1]:80", "::g", "a b", "-a", "*"],
    ],
  },
  APP_URL: {
    [origin]: [
      ...[
        "not a url",
        "example.com",
        "ftp://example.com",
        "https:example.com",
        "https:///",
        "https://",
      ],
      ...["https://example.com/path", "https://example.com/?a", "https://example.com#a"],
      ...["https://user:password@example.com", "https://user@example.com", "https://example.com."],
      ...[
        "https://exa mple.com",
        "https://example.com:0",
        "https://example.com:65536",
        "https://a\nb",
      ],
      ...["https://example.com\\", "//example.com", "https://*.example.com", "https://*"],
      ...["https://example..com", "https://.com", "https://-a.com", "https://a-.com"],
      ...[
        "http://0.0.0.0:3000",
        "http://0:3000",
        "http://[::]:3000",
        `https://${"a".repeat(64)}.com`,
      ],
    ],
  },
  DATABASE_URL: {
    [database]: [
      ...[
        "mysql://x/y",
        "db.example.com",
        "postgresql:name",
        "postgresql://",
        "postgresql:///name",
      ],
      ...["postgresql://u:p@ss@h/d", "postgresql://u:p#ss@h/d", "postgresql://u:p/ss@h/d"],
      ...["postgresql://u:1#ss@h/d", "postgresql://u:1/ss@h/d", "postgresql://u:1?ss@h/d"],
      ...["postgresql://u:p%ss@h/d", "postgresql://u:p%@h/d", "postgresql://u:p ss@h/d"],
      ...["postgresql://u:p@h:0/d", "postgresql://u:p@h:65536/d", "postgresql://u:p@h:port/d"],
      ...["postgresql://u:p@a,b/d", "postgresql://u:p@[::g]/d", "postgresql://u:p@h/d/e"],
      ...["postgresql://u:p@h/d#e", "postgresql://u:p@h\n/d", "postgresql://h/d?port=x"],
      ...["postgresql://u:p%00w@h/d", "postgresql://u%00:p@h/d", "postgresql://u:p@h/d%00"],
      ...["postgresql://h/d?application_name=%00", "postgresql://u:p@a..b/d"],
    ],
    [databaseParameters]: [
      "postgresql://h/d?pgbouncer=true",
      "postgresql://u:p@h/d?connect_timeout=3",
    ],
    "a URL without the parameter schema, because the tables are kept in the schema public: give Portaria a database of its own":
      ["postgresql://h/d?schema=app", "postgresql://h/d?sslmode=require&schema=public"],
    "a URL whose sslmode is disable, require, verify-ca or verify-full (TLS with a certificate that is checked) or no-verify (TLS without that)":
      [
        "postgresql://h/d?sslmode=allow",
        "postgresql://h/d?sslmode=prefer",
        "postgresql://h/d?sslmode=Require",
        "postgresql://h/d?sslmode=yes",
        "postgresql://h/d?sslmode=",
      ],
  },
  DATA_DIR: {
    [directory]: [
      ...["~/data", "~", "file:///var/lib/x", "s3://bucket", "a\nb", "a\u0000b", "a\u202eb"],
      ...["$HOME/data", "$" + "{HOME}/data", "/srv/$USER/data", "$(pwd)/data", "%APPDATA%\\data"],
      ...['"/var/lib/x"', "'/var/lib/x'", "`pwd`"],
    ],
  },
  AUTH_SECRET: {
    [secret]: [
      ...["short", `${long},short`, `${long},`, `,${long}`, `${long},,${long}`],
      ...[" ,".repeat(40), `${long}\nb`],
    ],
  },
  TRUSTED_PROXIES: {
    [proxies]: [
      ...["proxy.local", "0.0.0.0/0", "127.0.0.1,::/0", "0.0.0.0/1,128.0.0.0/1", "10/8", "127.1"],
      ...[
        "::ffff:0.0.0.0/96",
        "10.0.0.1 10.0.0.2",
        "10.0.0.0/33",
        "10.0.0.1;10.0.0.2",
        "*",
        "http://10.0.0.1",
      ],
    ],
  },
  EMAIL_TRANSPORT: {
    "mailbox, resend, smtp, or resend and smtp separated by a comma in the order in which they are tried":
      [
        ...["pigeon", "SMTP", "sendmail", "true", "resend,pigeon", "resend smtp"],
        ...["mailbox,smtp", "smtp,mailbox", ","],
      ],
  },
  RESEND_API_KEY: {
    [key]: ["re_1 re_2", "re_\n1", "ré_1", "“re_1”", '"re_1"', "'re_1'", "<re_1>", "re_1,re_2"],
  },
  RESEND_BASE_URL: {
    [webBase]: [
      "https://api.resend.com?a=b",
      "https://api.resend.com/?",
      "https://api.resend.com/#a",
      "https://api..com",
      "http://0.0.0.0",
      "api.resend.com",
      "ftp://api.resend.com",
      "https://u:p@api.resend.com",
      "https://a b",
      "https://",
    ],
  },
  SMTP_URL: {
    [smtp]: [
      ...[
        "mail.example.com",
        "mail.example.com:587",
        "http://mail.example.com",
        "smtp://",
        "smtp:mail",
      ],
      ...[
        "smtp://u:p@ss@h",
        "smtp://u:p#ss@h",
        "smtp://u:p/ss@h",
        "smtp://u:1#ss@h",
        "smtp://u:1?ss@h",
      ],
      ...[
        "smtp://u:p%ss@h",
        "smtp://u:p ss@h",
        "smtp://u@h",
        "smtp://u:@h",
        "smtp://h:0",
        "smtp://h:99999",
      ],
      ...["smtp://h/path", "smtp://a,b", "smtp://[::g]", "smtp://u:p@h#x"],
      ...["smtp://:p@h", "smtp://:@h", "smtp://u:p%00w@h", "smtp://h?name=%00", "smtp://a..b"],
    ],
    [smtpSwitches]: [
      ...["smtp://h?tls.rejectUnauthorized=maybe", "smtp://h?tls.rejectUnauthorized=False"],
      ...["smtp://h?requireTLS=maybe", "smtp://h?requireTLS", "smtp://h?ignoreTLS=1"],
    ],
    [smtpParameters]: [
      "smtp://h?pool=true",
      "smtps://u:p@h?secure=false",
      "smtp://h:587?service=gmail",
    ],
  },
  EMAIL_FROM: {
    [sender]: [
      ...["nobody", "a@example.com, b@example.com", "A <a@example.com>\nBcc: b@example.com"],
      ...[
        "A <a@example.com>\r\nBcc: b@example.com",
        "A <a@example.com> b",
        "A <a@b..com>",
        "a@b..com",
        "a@-",
        "A <a@-b.com>",
        "a:b@c.com",
        "A <mailto:a@b.com>",
        `a@${"b.".repeat(150)}com`,
        `${"a".repeat(65)}@b.com`,
        "é@b.com",
        "A \u202e<a@b.com>",
        "\u200b <a@b.com>",
        '"" <a@b.com>',
        "<>",
        "A, B <a@b>",
        "@",
      ],
    ],
  },
  EMAIL_PER_SECOND: {
    "a number from 0.1 to 1000, such as 5 or 0.5": [
      ...noAmounts,
      ...["0.09", "1000.5", "5/s", "Infinity"],
    ],
  },
  RESEND_WEBHOOK_SECRET: {
    "the signing secret of a webhook at Resend, such as whsec_…": [
      ...["whsec_", "secret", "whsec_short", `whsec_${long}!`, `whsec_${long},whsec_${long}`],
    ],
  },
  SMTP_BOUNCES: {
    [returned]: [
      ...["bounces", "a@b.example, c@d.example", "bounces+x@example.com", "imap://u:p@h"],
      ...["imaps://h", "imaps://u@h", "imaps://user:p@h", "imaps://u:p@h?address=nobody"],
      ...["eighteen-letters.x@h.example", "imaps://h:p@h?address=eighteen-letters.x@h.example"],
      ...["imaps://u%40h:p@h:0", "imaps://u%40h:p@h?tls.rejectUnauthorized=maybe"],
    ],
    [`${returned}${imapParameters}`]: ["imaps://u%40h:p@h?tls=no"],
  },
  OUTAGE_MEDIAN_SECONDS: { [whole(5, 3600)]: [...noWholeNumbers, "4", "3601"] },
  OUTAGE_REFUSED_PERCENT: { [whole(1, 100)]: [...noWholeNumbers, "101", "20%"] },
  MAIL_KEPT_DAYS: { [whole(5, 365)]: [...noWholeNumbers, "4", "366", "30 days"] },
  CANARY_EMAIL: {
    "an e-mail address such as canary@example.com": ["canary", "canary@", "C <c@example.com>"],
  },
  CANARY_INBOX: {
    [mailbox]: [
      "canary@example.com",
      "imap://u:p@h",
      "imaps://u@h",
      "imaps://h",
      "imaps://u:p@h:0",
    ],
    [`${mailbox}${imapParameters}`]: ["imaps://u:p@h?x=y"],
  },
  METRICS_TOKEN: {
    "a token of 8 characters or more in one word": [
      "short",
      "two words",
      "t\noken-of-lines",
      "tökenlong",
    ],
  },
  CODE_LIFETIME_OUTAGE_MINUTES: { [amount("minutes", 60)]: [...noAmounts, "61", "60.1"] },
  SUPPORT_PHONE: {
    [phone]: ["call us", "12", "210 123\n456", "1".repeat(61), "<b>210 123</b>", "\u202e210 123"],
  },
  SUPPORT_HOURS: {
    [hours]: ["Mon\nTue", "<b>9</b>", "9".repeat(201), "\u200b", "\u2800", "\u202e9 to 18"],
  },
  SUPPORT_EMAIL: {
    "an e-mail address such as help@example.com": [
      "help",
      "help@",
      "Help <help@example.com>",
      "a@b.c, d@e.f",
      "mailto:a@b.cd",
    ],
  },
  CODE_LIFETIME_MINUTES: { [amount("minutes", 60)]: [...noAmounts, "61", "60.1"] },
  CODE_MAX_ATTEMPTS: { [whole(1, 10)]: [...noWholeNumbers, "11"] },
  BLOCK_MINUTES: { [amount("minutes", 10080)]: [...noAmounts, "10081"] },
  SIGNUPS_PER_HOUR: { [whole(1, 1_000_000)]: [...noWholeNumbers, "1000001"] },
  TIME_ZONE: {
    [zone]: [
      ...["Lisbon", "+01:00", "-0300", "UTC+1", "Europe/Lisboa"],
      ...["Europe/Lisbon Europe/Paris", "1"],
    ],
  },
  ACCOUNT_CODES_PER_HOUR: { [whole(1, 1000)]: [...noWholeNumbers, "1001"] },
  PASSWORD_ATTEMPTS_PER_HOUR: { [whole(1, 10_000)]: [...noWholeNumbers, "10001"] },
  IPV6_PREFIX: { [whole(32, 128)]: [...noWholeNumbers, "31", "129", "/64"] },
  BRAND_NAME: {
    [brand]: [
      "A\u0007B",
      "<b>",
      'A "B"',
      "A\nB",
      "a".repeat(61),
      "\u200b",
      "\u2800",
      "\u202eabc",
      "a\u2066b",
    ],
  },
  BRAND_COLOR: {
    "a colour such as #1f5fbf": ["blue", "1f5fbf", "#fff", "#1f5fbg", "rgb(1, 2, 3)"],
  },
  BRAND_LOGO_URL: {
    [logo]: [
      "https://example..com/l.png",
      "https://*.example.com/l.png",
      "javascript:alert(1)",
      "data:image/png;base64,AA",
      "/logo.png",
      "https://u:p@h/l.png",
      "https://h/a b",
    ],
  },
  VERIFICATION_MODE: { "off, observe or enforce": ["maybe", "Enforce", "on", "true"] },
  CASE_COOLING_HOURS: { [amount("hours", 720)]: [...noAmounts, "721"] },
  PASSKEY_DOMAIN: {
    "a domain such as example.com, without http://, port and path": [
      ...["https://example.com", "example.com/", "example.com:443", "*.example.com", ".com"],
      ...["127.0.0.1", "[::1]", "0x7f.1", "exa mple.com", "example..com", "a_b.example.com"],
    ],
  },
  TWO_STEP_REQUIRED: {
    "one or more of customer, marketing, support and admin, separated by commas": [
      "staff",
      "Customer",
      "customer admin",
      "customer,guest",
      "true",
    ],
  },
  WORKER: { "inline or off": ["on", "Inline", "false", "1"] },
};
