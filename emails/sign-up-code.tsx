import { CodeMail, type CodeMailKind, CodeEnding as Ending } from "@/emails/components/code-mail";
import type { CodeMailView } from "@/emails/mail-view";
import { previewCode, previewOf } from "@/emails/preview";

export { Ending };

/**
 * The code that proves the mailbox of a sign-up, or the address a case asks for. It may reach a
 * stranger, so it names nobody.
 */
export default function SignUpCode(mail: CodeMailView<CodeMailKind>) {
  return <CodeMail mail={mail} ending={<Ending mail={mail} />} />;
}

SignUpCode.PreviewProps = { ...previewOf("sign-up-code"), code: previewCode };
