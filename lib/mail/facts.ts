import { z } from "zod";
import { mailKinds } from "@/lib/mail/kinds";
import { ties } from "@/lib/mail/rules/ties";

const moment = z.iso.datetime({ offset: true });

/** What a change was about; each is a line of the mail. */
export const aboutSchema = z.object({
  /** A network as text: 203.0.113.7, 203.0.113.0/24 or 2001:db8:1:2::/64. */
  place: z.string().optional(),
  /** Which row it was, for who removes it twice. */
  rowId: z.string().optional(),
  /** What the customer calls the place. */
  placeName: z.string().nullable().optional(),
  /** What the place was called before. */
  placeNameBefore: z.string().nullable().optional(),
  /** The address that was added, removed, or changed to. */
  address: z.string().optional(),
  /** The contact e-mail before its change. */
  addressBefore: z.string().optional(),
  /** The browser or session that was trusted, forgotten or ended. */
  browser: z.string().nullable().optional(),
  system: z.string().nullable().optional(),
  /** Which contact details changed. */
  details: z.array(z.enum(["name", "language", "time-zone"])).optional(),
  /** Whether "a new browser at a known place" is mailed from now on. */
  told: z.boolean().optional(),
  /** Why support did it, in their words. */
  reason: z.string().optional(),
  /** The end of a telephone number, such as •••• 0100; null: there is none any more. */
  phoneEnd: z.string().nullable().optional(),
  /** Which factor was added, changed or removed, and what the customer calls it. */
  what: z.enum(["app", "passkey"]).optional(),
  name: z.string().optional(),
  /** What it was called before. */
  nameBefore: z.string().optional(),
  /** What a passkey may do from now on. */
  may: z.enum(["sign-in", "second-step", "both", "nothing"]).optional(),
  /** When a factor is asked for from now on. */
  asking: z.enum(["always", "new-places"]).optional(),
  /** The role an account has from now on. */
  role: z.enum(["customer", "marketing", "support", "admin"]).optional(),
  /** The member of staff that admins are notified of, by their address. */
  member: z.string().optional(),
  /** Who invited them or changed their role, by their address; null: the command on the server. */
  by: z.string().nullable().optional(),
  /** Why what they tried needs somebody else. */
  tie: z.enum(ties).optional(),
  /** How many members of staff have to agree to a case from now on. */
  approvals: z.number().optional(),
  /** Which text of ours, such as "sign-in-code/fr". */
  text: z.string().optional(),
  /** What whoever wrote it says of it. */
  note: z.string().optional(),
  /** The hosts that texts may lead to from now on, beside our own. */
  hosts: z.array(z.string()).optional(),
});

export type About = z.infer<typeof aboutSchema>;

/** One thing that was kept for a mail which lists several. */
const gatheredSchema = z.object({
  at: moment,
  ip: z.string().nullable(),
  browser: z.string().nullable(),
  system: z.string().nullable(),
  about: aboutSchema.optional(),
  reference: z.string().optional(),
  until: moment.optional(),
});

export type GatheredNotice = z.infer<typeof gatheredSchema>;

/** What a mail says. Never a code, token or secret: those are derived when it is rendered. */
export const mailFactsSchema = z.object({
  /** The account's address, or the one that was signed up with. */
  accountEmail: z.string(),
  /** The address as text; null if unknown. */
  ip: z.string().nullable(),
  /** ISO 3166, two capitals; null if unknown. */
  countryCode: z.string().nullable(),
  /** Such as "Chrome 156". */
  browser: z.string().nullable(),
  /** Such as "Windows 11". */
  system: z.string().nullable(),
  /** When it happened, ISO 8601. */
  at: moment,
  /**
   * ISO 8601: the end of a code or link, of a block, of the wait for new networks (without it, that wait
   * ends with a new password), or when an account is erased.
   */
  until: moment.optional(),
  /** Of that wait: whether it is of one known place alone, where a second factor was asked for too often. */
  waitsHere: z.boolean().optional(),
  /** What the customer reads out to support, such as K7QM-2PX. */
  reference: z.string().optional(),
  about: aboutSchema.optional(),
  /** What staff ask for or give as their reason, in their own words. */
  message: z.string().optional(),
  /** Of a mail that names it: the shortest time between an approval and a change, in hours. */
  coolingHours: z.number().optional(),
  /** Of a mail by which a text is tried out: that text in the plain notation, and of which kind. */
  test: z
    .object({
      kind: z.enum(mailKinds),
      locale: z.string(),
      subjectLine: z.string(),
      previewLine: z.string(),
      text: z.string(),
    })
    .optional(),
  /** Whether support did it, so that no address, browser or country is the customer's. */
  bySupport: z.boolean().optional(),
  /**
   * Of a mail that is about several things at once: of which kind, how many, since when, and the
   * first.
   */
  more: z
    .object({
      kind: z.enum(mailKinds),
      count: z.number().int(),
      first: moment,
      items: z.array(gatheredSchema),
    })
    .optional(),
});

export type MailFacts = z.infer<typeof mailFactsSchema>;
