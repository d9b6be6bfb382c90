import { getTranslations } from "@/lib/i18n/translations";
import type { WideningRequest } from "@/lib/widening/widening-request";

/** What was asked for, as the page says it that asks to confirm it. */
export async function requestWords(request: WideningRequest): Promise<string> {
  const t = await getTranslations("widening.wish");
  switch (request.kind) {
    case "add-place":
      return t("addPlace", { place: request.network });
    case "trust-browser":
      return t("trustBrowser");
    case "add-address":
      return t("addAddress", { address: request.email });
    case "change-email":
      return t("changeEmail", { address: request.email });
    case "set-phone":
      return request.phone === null ? t("removePhone") : t("setPhone", { phone: request.phone });
    case "turn-on-app":
      return t("turnOnApp", { name: request.name });
    case "make-recovery-codes":
      return t("makeCodes");
    case "add-passkey":
      return (await getTranslations("passkeys"))("request", { name: request.passkey.name });
    case "allow-passkey":
      return (await getTranslations("passkeys"))("requestAllow");
    case "ask-at-new-places":
      return t("askAtNewPlaces");
    case "keep-factors":
      return t("keepFactors");
  }
}
