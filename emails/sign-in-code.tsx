import { AccountCodeMail } from "@/emails/components/code-mail";
import type { CodeMailView } from "@/emails/mail-view";
import { previewCode, previewOf } from "@/emails/preview";

/** The code that proves a sign-in. Staff are asked for one everywhere: the network need not be a new one. */
export default function SignInCode(mail: CodeMailView<"sign-in-code">) {
  const { whatHappened, whatHappenedStaff } = mail.words;
  const words = { ...mail.words, whatHappened: mail.isOfStaff ? whatHappenedStaff : whatHappened };
  return <AccountCodeMail mail={{ ...mail, words }} />;
}

SignInCode.PreviewProps = { ...previewOf("sign-in-code"), code: previewCode };
