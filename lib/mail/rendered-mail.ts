/** A mail as it is handed to a transport. */
export type RenderedMail = { subject: string; html: string; text: string };
