/** What a browser's keeper of passkeys should know, by the names of WebAuthn's methods. */
export type Signals = Partial<
  Record<
    "signalUnknownCredential" | "signalAllAcceptedCredentials" | "signalCurrentUserDetails",
    object
  >
>;

/** Lets the browser know what became of passkeys; nothing of it is shown. */
export function PasskeySignals({ signals }: { signals: Signals }) {
  return (
    <span hidden data-script="/scripts/passkey.js" data-passkey-signals={JSON.stringify(signals)} />
  );
}
