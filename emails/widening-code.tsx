import { AccountCodeMail } from "@/emails/components/code-mail";
import type { CodeMailView } from "@/emails/mail-view";
import { previewCode, previewOf } from "@/emails/preview";

/** The code for a change that widens access, asked for in a session that began without one. */
export default function WideningCode(mail: CodeMailView<"widening-code">) {
  return <AccountCodeMail mail={mail} />;
}

WideningCode.PreviewProps = { ...previewOf("widening-code"), code: previewCode };
