import { withdrawAction } from "@/app/support/staff/actions";
import { roleWords } from "@/app/support/staff/role-words";
import { Button } from "@/components/button";
import { Entries, Entry, entryWords } from "@/components/entry";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import type { StaffPage } from "@/lib/staff/list-staff";

type InvitationsProps = { invitations: StaffPage["invitations"]; timeZone: string | null };

/** The invitations that can still be accepted. */
export async function Invitations({ invitations, timeZone }: InvitationsProps) {
  const t = await getTranslations("staff.invitations");
  return (
    <Section id="invitations" title={t("title")}>
      {invitations.length === 0 ? (
        <p className="text-quiet">{t("none")}</p>
      ) : (
        <Entries>
          {invitations.map((invitation) => (
            <Invitation key={invitation.id} invitation={invitation} timeZone={timeZone} />
          ))}
        </Entries>
      )}
    </Section>
  );
}

type InvitationProps = {
  invitation: StaffPage["invitations"][number];
  timeZone: string | null;
};

async function Invitation({ invitation, timeZone }: InvitationProps) {
  const t = await getTranslations("staff.invitations");
  const { id, email, role, until, by } = invitation;
  const titleId = `invitation-${id}`;
  return (
    <Entry
      id={titleId}
      title={email}
      badges={[(await roleWords())(role)]}
      lines={[
        t.rich("until", await momentTags(until, { timeZone })),
        by === null ? t("byCommand") : t("by", { name: by }),
      ]}
    >
      <PostForm action={withdrawAction}>
        <input type="hidden" name="id" value={id} />
        <Button kind="inline" aria-describedby={entryWords(titleId)}>
          {t("withdraw")}
        </Button>
      </PostForm>
    </Entry>
  );
}
