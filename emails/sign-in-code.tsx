import { CodeMail, AccountCodeEnding as Ending } from "@/emails/components/code-mail";
import type { CodeMailView } from "@/emails/mail-view";
import { previewCode, previewOf } from "@/emails/preview";

export { Ending };

/** The code that proves a sign-in. Staff are asked for one everywhere: the network need not be a new one. */
export default function SignInCode(mail: CodeMailView<"sign-in-code">) {
  const { whatHappened, whatHappenedStaff } = mail.words;
  const words = { ...mail.words, whatHappened: mail.isOfStaff ? whatHappenedStaff : whatHappened };
  return <CodeMail mail={{ ...mail, words }} ending={<Ending mail={mail} />} />;
}

SignInCode.PreviewProps = { ...previewOf("sign-in-code"), code: previewCode };
