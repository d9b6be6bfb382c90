import type { About } from "@/lib/mail/facts";
import { maskEmail } from "@/lib/typed/mask-email";

/** What an activity says of a case: whoever reads the account must not learn where to find who asked. */
export const aboutCase = ({ newEmail }: { newEmail: string | null }): About =>
  newEmail === null ? {} : { address: maskEmail(newEmail) };
