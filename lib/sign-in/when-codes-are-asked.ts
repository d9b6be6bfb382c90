import { isStaff } from "@/lib/account/roles";
import { env } from "@/lib/env/env";
import { type WhenAsked, whenAsked } from "@/lib/sign-in/rules/when-asked";

/** When the sign-ins to an account ask for a code, as this installation is set. */
export const whenCodesAreAsked = ({ role }: { role: string }): WhenAsked =>
  whenAsked({ isStaff: isStaff(role), mode: env().verificationMode });
