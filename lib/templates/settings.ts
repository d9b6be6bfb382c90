import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { findSetting, storeSetting } from "@/lib/cases/review/settings-store";
import { notifyAdmins } from "@/lib/colleagues/notify-admins";
import { type Database, database } from "@/lib/db/transaction";
import { defaultLocale, isLocale, type Locale, locales } from "@/lib/i18n/locales";
import { log } from "@/lib/log/log";
import { asEditor } from "@/lib/templates/as-editor";
import { type HostFault, readHosts } from "@/lib/templates/rules/read-hosts";

const NAME = "templates";

/** What admins have set for all texts. */
export type TemplateSettings = {
  /** Beside that of `APP_URL`; in lower case, IDN as punycode. */
  allowedHosts: string[];
  onePersonMayPublish: boolean;
  leadingLanguage: Locale;
};

/** As a form says it. */
export type TypedSettings = {
  /** One a line, or apart by commas or blanks. */
  allowedHosts: string;
  onePersonMayPublish: boolean;
  leadingLanguage: string;
};

/** What becomes of other settings. `invalid-language`: it is none of ours. */
export type SaveSettingsOutcome =
  | { kind: "saved" | "unchanged" | "invalid-language" | "signed-out" }
  | { kind: "invalid"; faults: HostFault[] };

const careful: TemplateSettings = {
  ...{ allowedHosts: [], onePersonMayPublish: false, leadingLanguage: defaultLocale },
};

const stored = z.strictObject({
  allowedHosts: z.array(z.string()),
  onePersonMayPublish: z.boolean(),
  leadingLanguage: z.enum(locales),
});

/** What is set now; what nobody can have set counts as nothing. */
export async function findTemplateSettings(database: Database): Promise<TemplateSettings> {
  const read = stored.safeParse(await findSetting(database, NAME));
  return read.success ? read.data : careful;
}

/** What is set now, for pages. */
export const readTemplateSettings = (): Promise<TemplateSettings> => findTemplateSettings(database);

/**
 * Sets which hosts texts may lead to, whether one person may publish, and which language leads. All other
 * admins are notified: one of them alone makes it easier to send what nobody else has looked at.
 *
 * @param staff an admin: nobody else sets anything
 * @param typed as the form says it, from anybody
 */
export async function saveSettings(
  staff: StaffMember,
  typed: TypedSettings,
): Promise<SaveSettingsOutcome> {
  if (staff.role !== "admin") return { kind: "signed-out" };
  const { hosts: allowedHosts, faults } = readHosts(typed.allowedHosts);
  if (faults.length > 0) return { kind: "invalid", faults };
  const { onePersonMayPublish, leadingLanguage } = typed;
  if (!isLocale(leadingLanguage)) return { kind: "invalid-language" };
  const value = { allowedHosts, onePersonMayPublish, leadingLanguage };
  const outcome = await asEditor(staff, async (tx, now): Promise<SaveSettingsOutcome> => {
    const before = await findTemplateSettings(tx);
    if (isDeepStrictEqual(before, value)) return { kind: "unchanged" };
    await storeSetting(tx, { name: NAME, value, changedAt: now });
    const { account, accountId } = staff.session;
    await notifyAdmins(tx, {
      kind: "template-settings-changed",
      except: [accountId],
      client: staff.client,
      about: { hosts: allowedHosts, approvals: onePersonMayPublish ? 1 : 2, by: account.email },
      now,
    });
    await recordAudit(tx, staff, {
      action: "setting-changed",
      subject: { kind: "setting", id: NAME },
      details: { before: inWords(before), after: inWords(value) },
      now,
    });
    return { kind: "saved" };
  });
  log.info({ setting: NAME, outcome: outcome.kind }, "setting changed");
  return outcome;
}

const inWords = (settings: TemplateSettings) => {
  const { allowedHosts, onePersonMayPublish, leadingLanguage } = settings;
  const persons = onePersonMayPublish ? 1 : 2;
  return `${leadingLanguage}, ${persons}, ${allowedHosts.join(" ") || "-"}`;
};
