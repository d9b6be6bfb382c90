import { CodeMail } from "@/emails/components/code-mail";
import type { CodeMailView } from "@/emails/mail-view";
import { previewCode, previewOf } from "@/emails/preview";

/** The code that proves a sign-in from a place we do not know. */
export default function SignInCode(mail: CodeMailView<"sign-in-code">) {
  return <CodeMail mail={mail} />;
}

SignInCode.PreviewProps = { ...previewOf("sign-in-code"), code: previewCode };
