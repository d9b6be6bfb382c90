/** What an account is to the host. All but customers are staff. */
export const roles = ["customer", "marketing", "support", "admin"] as const;

export type Role = (typeof roles)[number];
export type StaffRole = Exclude<Role, "customer">;

/** The roles somebody can be invited to. */
export const staffRoles = ["marketing", "support", "admin"] as const satisfies StaffRole[];

/** Who may see and do what support does. */
export const supportRoles = ["support", "admin"] as const satisfies StaffRole[];

/** Where somebody with a role works; null: they are customers there, or have no page of that kind. */
export const workplaceOf = (role: string): "/support" | "/templates" | null => {
  if (supportRoles.some((one) => one === role)) return "/support";
  return role === ("marketing" satisfies StaffRole) ? "/templates" : null;
};

/** Whether an account belongs to the staff; anything unknown does, so that it is treated with more care. */
export const isStaff = (role: string): boolean => role !== "customer";

/** Whether a typed or stored word is a role that somebody can be invited to. */
export const isStaffRole = (role: unknown): role is StaffRole =>
  staffRoles.some((known) => known === role);

/** Whether a typed word is a role. */
export const isRole = (role: unknown): role is Role => roles.some((known) => known === role);
