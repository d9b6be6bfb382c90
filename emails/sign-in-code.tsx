import { CodeMail } from "@/emails/components/code-mail";
import type { CodeMailView } from "@/emails/mail-view";
import { previewCode, previewOf } from "@/emails/preview";

type SignInCodeProps = CodeMailView<"sign-in-code"> & {
  /** Staff are asked for a code everywhere, so the place need not be a new one. */
  isOfStaff: boolean;
};

/** The code that proves a sign-in. */
export default function SignInCode({ isOfStaff, ...mail }: SignInCodeProps) {
  const { whatHappened, whatHappenedStaff } = mail.words;
  const words = { ...mail.words, whatHappened: isOfStaff ? whatHappenedStaff : whatHappened };
  return <CodeMail mail={{ ...mail, words }} />;
}

SignInCode.PreviewProps = {
  ...previewOf("sign-in-code"),
  code: previewCode,
  isOfStaff: false,
} satisfies SignInCodeProps;
