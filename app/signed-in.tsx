import { signOutAction } from "@/app/account/actions";
import { Button } from "@/components/button";
import { PostForm } from "@/components/post-form";
import { isStaffRole } from "@/lib/account/roles";
import type { LiveSession } from "@/lib/account/session-store";
import { getTranslations } from "@/lib/i18n/translations";
import { shownEmail } from "@/lib/typed/email-address";

/** Who is signed in, and the one way out: in the header of every page (contract, "Pages"). */
export async function SignedIn({ session }: { session: LiveSession }) {
  const t = await getTranslations("common.signedIn");
  const roles = await getTranslations("staff.roles");
  const { name, email, role } = session.account;
  return (
    <div className="flex min-w-0 max-w-full grow items-center justify-between gap-x-4 sm:grow-0">
      <p className="min-w-0 truncate" title={shownEmail(email)}>
        <span className="sr-only">{t("as")} </span>
        <span className="font-semibold">{name}</span>
        {isStaffRole(role) ? <span className="text-quiet"> · {roles(role)}</span> : null}
      </p>
      <PostForm action={signOutAction} at="/account" className="shrink-0">
        <Button kind="inline">{t("signOut")}</Button>
      </PostForm>
    </div>
  );
}
