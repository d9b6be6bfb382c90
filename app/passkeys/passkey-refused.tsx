import { passkeyRefusal } from "@/app/passkeys/passkey-words";
import { Alert } from "@/components/alert";
import { PasskeySignals } from "@/components/passkey-signals";
import type { Notice } from "@/lib/forms/notice";
import { relyingParty } from "@/lib/passkeys/relying-party";

type PasskeyRefusedProps = { notice: Extract<Notice, { kind: "passkey-refused" }> };

/** Says why a passkey was not taken; of one that nobody has it lets the browser know, which may hide it. */
export async function PasskeyRefused({ notice }: PasskeyRefusedProps) {
  const { because, unknownKey: credentialId } = notice;
  const party = relyingParty();
  return (
    <>
      <Alert title={await passkeyRefusal(because)} />
      {credentialId === null || party === null ? null : (
        <PasskeySignals
          signals={{ signalUnknownCredential: { rpId: party.id, credentialId } }}
          origin={party.origin}
        />
      )}
    </>
  );
}
