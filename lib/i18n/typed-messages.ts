// The words are typed where their types are declared, which nothing else imports.
import type {} from "use-intl";
import type { PageMessages } from "@/lib/i18n/load-messages";
import type { Locale as PageLocale } from "@/lib/i18n/locales";

declare module "use-intl" {
  interface AppConfig {
    Locale: PageLocale;
    Messages: PageMessages;
  }
}
