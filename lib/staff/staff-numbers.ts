import { STAFF_SESSION_HOURS } from "@/lib/secrets/limits";
import { INVITATION_HOURS, REASON_MAX_LENGTH } from "@/lib/staff/rules/limits";

/** The numbers that words about staff name. */
export const staffNumbers = {
  invitationHours: INVITATION_HOURS,
  sessionHours: STAFF_SESSION_HOURS,
  maxReason: REASON_MAX_LENGTH,
};
