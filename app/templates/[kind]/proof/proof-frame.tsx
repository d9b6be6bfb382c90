import { framePath } from "@/app/templates/text-address";
import { Section } from "@/components/section";
import { getTranslations } from "@/lib/i18n/translations";
import type { TextKey } from "@/lib/mail-document/text-key";
import type { ProofSheet } from "@/lib/templates/proof/proof-text";

type ProofFrameProps = { of: TextKey; sheet: ProofSheet; chosen: number };

/** One mail of a sheet as a whole, as a narrow phone shows it. */
export async function ProofFrame({ of, sheet, chosen }: ProofFrameProps) {
  const t = await getTranslations("templateProof.one");
  const shown = { proof: String(chosen), at: String(sheet.at.getTime()) };
  return (
    <Section id="mail" title={t("title", { number: chosen })}>
      <iframe
        title={t("frame", { number: chosen })}
        src={framePath(of, shown)}
        loading="lazy"
        sandbox=""
        className="h-[36rem] w-full max-w-[20rem] rounded-lg border border-line bg-white"
      />
    </Section>
  );
}
