import { STAFF_SESSION_HOURS } from "@/lib/secrets/limits";

/** Hours an invitation to the staff works. */
export const INVITATION_HOURS = 72;

/** Invitations that admins together can send in an hour. */
export const INVITATIONS_PER_HOUR = 20;

/** Characters of the reason that an admin gives. */
export const REASON_MAX_LENGTH = 300;
export const roleReasonLengths = { max: REASON_MAX_LENGTH };

/** The numbers that words about staff name. */
export const staffNumbers = {
  invitationHours: INVITATION_HOURS,
  sessionHours: STAFF_SESSION_HOURS,
  maxReason: REASON_MAX_LENGTH,
};
