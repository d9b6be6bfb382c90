import { getTranslations } from "@/lib/i18n/translations";

/** What the help calls by name as the pages do: buttons, fields, states. */
export async function namedInHelp(): Promise<Record<string, string>> {
  const t = await getTranslations("templates");
  return {
    frame: t("nav.frame"),
    images: t("nav.images"),
    save: t("text.save"),
    note: t("text.note"),
    test: t("text.test"),
    proof: t("text.proof"),
    required: t("text.required"),
    lookedAt: t("text.lookedAt"),
    ask: t("text.ask"),
    publish: t("text.publish"),
    sendBack: t("text.sendBack"),
    outdated: t("states.outdated"),
    hosts: t("settings.hosts"),
    one: t("settings.one"),
    rollBack: t("versions.rollBack"),
    toBuiltIn: t("versions.toBuiltIn"),
    import: t("transfer.import"),
  };
}
