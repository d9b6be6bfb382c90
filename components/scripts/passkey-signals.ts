type Signal = (options: object) => Promise<void>;

const sent = new WeakSet<Element>();

/**
 * Reports to the browser what its keeper of passkeys should know (WebAuthn 3, 5.1.10): of one that nobody
 * has, of all that an account has, and how the account is called. Where it does not listen, nothing is lost.
 */
export function sendSignals(): void {
  const listener = PublicKeyCredential as unknown as Record<string, Signal | undefined>;
  for (const one of document.querySelectorAll<HTMLElement>("[data-passkey-signals]")) {
    if (sent.has(one)) continue;
    sent.add(one);
    const signals: Record<string, object> = JSON.parse(one.dataset.passkeySignals ?? "{}");
    for (const [name, options] of Object.entries(signals)) {
      listener[name]?.call(PublicKeyCredential, options).catch(() => {});
    }
  }
}
