// next-intl re-exports these types; TypeScript 7 takes the augmentation only where they are declared.
import type { PageMessages } from "@/lib/i18n/load-messages";
import type { Locale as PageLocale } from "@/lib/i18n/locales";

declare module "use-intl" {
  interface AppConfig {
    Locale: PageLocale;
    Messages: PageMessages;
  }
}
