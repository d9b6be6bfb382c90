/** Minutes a link to set a new password lives. */
export const RESET_LINK_MINUTES = 15;

/** Contract, "Settled": links mailed in an hour for one address, whether it has an account or not. */
export const RESETS_PER_ADDRESS_PER_HOUR = 3;

/** Contract, "Settled": links asked for in an hour from one IP. */
export const RESETS_PER_NETWORK_PER_HOUR = 20;

/** Links asked for in an hour by everybody together: what is beyond it is no forgetfulness. */
export const RESETS_PER_HOUR = 1_000;

/** The numbers that words about reset links name. */
export const resetNumbers = {
  minutes: RESET_LINK_MINUTES,
  perHour: RESETS_PER_ADDRESS_PER_HOUR,
};
