import { findingWords } from "@/app/templates/finding-words";
import { Alert } from "@/components/alert";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import type { TextKey } from "@/lib/mail-document/text-key";
import { judgeVersion } from "@/lib/templates/judge-shown";

const reasons = ["outdated", "notLive"] as const;

/** What the last form about the versions of a text led to. */
export async function VersionsNotice({ notice, of }: { notice: Notice | null; of: TextKey }) {
  const t = await getTranslations("templates.errors");
  const done = await getTranslations("templates.done");
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused": {
      if (notice.reason === "refused") return <Refused of={of} version={notice.values.id ?? ""} />;
      const reason = reasons.find((one) => one === notice.reason);
      return reason === undefined ? null : <Alert title={t(reason)} />;
    }
    case "done": {
      const { number = "" } = notice.values;
      if (notice.what === "text-rolled-back")
        return <Status>{done(notice.what, { number })}</Status>;
      return notice.what === "text-built-in" ? <Status>{done(notice.what)}</Status> : null;
    }
    default:
      return null;
  }
}

/** What the gate says today of a version that was to be made live again. */
async function Refused({ of, version }: { of: TextKey; version: string }) {
  const t = await getTranslations("templates.findings");
  const say = await findingWords(of);
  const judged = await judgeVersion(of, version === "" ? null : version);
  return (
    <Alert title={t("versionTitle")}>
      <ul className="grid list-disc gap-1 pl-5">
        {judged
          .filter(({ finding }) => finding.level === "refused")
          .map((one) => (
            <li key={say(one)}>{say(one)}</li>
          ))}
      </ul>
    </Alert>
  );
}
