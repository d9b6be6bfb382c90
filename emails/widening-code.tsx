import { CodeMail, AccountCodeEnding as Ending } from "@/emails/components/code-mail";
import type { CodeMailView } from "@/emails/mail-view";
import { previewCode, previewOf } from "@/emails/preview";

export { Ending };

/** The code for a change that widens access, asked for in a session that began without one. */
export default function WideningCode(mail: CodeMailView<"widening-code">) {
  return <CodeMail mail={mail} ending={<Ending mail={mail} />} />;
}

WideningCode.PreviewProps = { ...previewOf("widening-code"), code: previewCode };
