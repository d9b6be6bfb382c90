/** Hours an invitation to the staff works. */
export const INVITATION_HOURS = 72;

/** Invitations that admins together can send in an hour. */
export const INVITATIONS_PER_HOUR = 20;

/** Characters of the reason that an admin gives. */
export const REASON_MAX_LENGTH = 300;
export const roleReasonLengths = { max: REASON_MAX_LENGTH };
