import { CodeMail, type CodeMailKind } from "@/emails/components/code-mail";
import type { CodeMailView } from "@/emails/mail-view";
import { previewCode, previewOf } from "@/emails/preview";

/**
 * The code that proves the mailbox of a sign-up, or the address a case asks for. It may reach a
 * stranger, so it names nobody.
 */
export default function SignUpCode(mail: CodeMailView<CodeMailKind>) {
  return <CodeMail mail={mail} />;
}

SignUpCode.PreviewProps = { ...previewOf("sign-up-code"), code: previewCode };
