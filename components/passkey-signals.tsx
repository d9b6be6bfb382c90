/** What a browser's keeper of passkeys should know, by the names of WebAuthn's methods. */
export type Signals = Partial<
  Record<
    "signalUnknownCredential" | "signalAllAcceptedCredentials" | "signalCurrentUserDetails",
    object
  >
>;

type PasskeySignalsProps = {
  signals: Signals;
  /** The one origin whose pages may speak of passkeys. */
  origin: string;
};

/** Lets the browser know what became of passkeys; nothing of it is shown. */
export function PasskeySignals({ signals, origin }: PasskeySignalsProps) {
  return (
    <span
      hidden
      data-passkey-here={origin}
      data-script="/scripts/passkey.js"
      data-passkey-signals={JSON.stringify(signals)}
    />
  );
}
