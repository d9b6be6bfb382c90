import type { StaffMember } from "@/lib/account/staff-member";
import type { Locale } from "@/lib/i18n/locales";
import type { HostFault } from "@/lib/templates/rules/read-hosts";

/** What admins have set for all texts. */
export type TemplateSettings = {
  /** Beside that of `APP_URL`; lower case, IDN as punycode. */
  allowedHosts: string[];
  onePersonMayPublish: boolean;
  leadingLanguage: Locale;
};

export type TypedSettings = {
  /** One a line, or apart by commas or blanks. */
  allowedHosts: string;
  onePersonMayPublish: boolean;
  leadingLanguage: string;
};

export type SaveSettingsOutcome =
  | { kind: "saved" | "unchanged" | "signed-out" }
  | { kind: "invalid"; faults: HostFault[] };

/** What is set now. */
export declare function readTemplateSettings(): Promise<TemplateSettings>;

/** Sets it; the other admins are mailed. The caller has checked that it is an admin. */
export declare function saveSettings(
  staff: StaffMember,
  typed: TypedSettings,
): Promise<SaveSettingsOutcome>;
