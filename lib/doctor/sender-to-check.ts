/** Who sends, and which way. */
export type SenderToCheck = {
  /** The domain of EMAIL_FROM. */
  domain: string;
  way: "resend" | "smtp";
  /** The domain that returned mail goes to: receivers look for SPF there. */
  envelopeDomain: string;
  /** Where the key that mail is signed by stands; null: nobody said. */
  selector: string | null;
  /** Host of the SMTP server, for the record to add. */
  relay: string | null;
};
