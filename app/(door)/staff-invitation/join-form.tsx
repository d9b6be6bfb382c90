import { joinAction } from "@/app/(door)/staff-invitation/actions";
import { joinForm } from "@/app/(door)/staff-invitation/join-words";
import { TypedPassword } from "@/app/forms/typed-password";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "@/lib/password/typed-credentials";

type JoinFormProps = { token: string; email: string; notice: Notice | null };

/** Name and password of whoever accepts an invitation and has no account. */
export async function JoinForm({ token, email, notice }: JoinFormProps) {
  const t = await getTranslations("signup");
  const submit = (await getTranslations("staff.invitation"))("submit");
  const form = await joinForm(notice);
  return (
    <PostForm action={joinAction} className="grid gap-5">
      <input type="hidden" name="token" value={token} />
      <Field
        {...form.field("name")}
        label={t("name")}
        autoComplete="name"
        required
        defaultValue={form.value("name") ?? ""}
      />
      <TypedPassword
        of={email}
        {...form.field("password")}
        label={t("password")}
        hint={t("passwordHint", { min: PASSWORD_MIN_LENGTH, max: PASSWORD_MAX_LENGTH })}
        purpose="new"
        required
      />
      <Button>{submit}</Button>
    </PostForm>
  );
}
