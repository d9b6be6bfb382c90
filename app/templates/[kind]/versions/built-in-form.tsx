import { backToBuiltInAction } from "@/app/templates/[kind]/versions/actions";
import { Button } from "@/components/button";
import { PostForm } from "@/components/post-form";
import { getTranslations } from "@/lib/i18n/translations";
import { blockNameOf, type TextKey } from "@/lib/mail-document/text-key";

type BuiltInFormProps = { of: TextKey; isLive: boolean; newest: string };

/** Makes the built-in text live again; a block has none. */
export async function BuiltInForm({ of, isLive, newest }: BuiltInFormProps) {
  if (isLive || blockNameOf(of.subject) !== null) return null;
  const t = await getTranslations("templates.versions");
  return (
    <PostForm action={backToBuiltInAction} className="grid justify-items-start gap-3">
      <p>{t("toBuiltInLead")}</p>
      <input type="hidden" name="kind" value={of.subject} />
      <input type="hidden" name="language" value={of.language} />
      <input type="hidden" name="seen" value={newest} />
      <Button kind="inline">{t("toBuiltIn")}</Button>
    </PostForm>
  );
}
