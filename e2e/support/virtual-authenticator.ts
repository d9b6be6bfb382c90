import type { CDPSession, Page } from "@playwright/test";

type Kind = {
  /** Whether its passkeys may be on other devices too, and are. */
  isBackedUp?: boolean;
};

/** Chromium's virtual authenticator of one page: it keeps passkeys, and says by itself that its user is there. */
export class VirtualAuthenticator {
  private constructor(
    private readonly cdp: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  static async addTo(page: Page, { isBackedUp = true }: Kind = {}): Promise<VirtualAuthenticator> {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        ctap2Version: "ctap2_1",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
        defaultBackupEligibility: isBackedUp,
        defaultBackupState: isBackedUp,
      },
    });
    return new VirtualAuthenticator(cdp, authenticatorId);
  }

  /** Whether its user touches it when they are asked; else the question stays open. */
  async answers(enabled: boolean): Promise<void> {
    const { authenticatorId } = this;
    await this.cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
  }

  /** Whether its user is known to it, by finger, face or PIN. */
  async verifies(isUserVerified: boolean): Promise<void> {
    const { authenticatorId } = this;
    await this.cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  }

  /** The passkeys that it keeps. */
  async keeps() {
    const { authenticatorId } = this;
    return (await this.cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
  }

  /** Takes a copy of a passkey of another authenticator, which counts on from a number of its own. */
  async copy(other: VirtualAuthenticator, counter: number): Promise<void> {
    const { authenticatorId } = this;
    for (const credential of await other.keeps()) {
      await this.cdp.send("WebAuthn.addCredential", {
        authenticatorId,
        credential: { ...credential, signCount: counter },
      });
    }
  }
}

/** What is changed of an answer on its way into the form, in the page. */
export type Tampering =
  | "another-origin"
  | "another-domain"
  | "not-verified"
  | "another-signature"
  | "another-key"
  | "no-answer"
  | "another-question";

/** Changes what a passkey answers before the script of the page that is open sends it, as a hostile browser could. */
export async function tamperWith(page: Page, how: Tampering): Promise<void> {
  await page.evaluate((how) => {
    const bytesOf = (text: string) =>
      Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    const textOf = (bytes: Uint8Array) =>
      btoa(String.fromCharCode(...bytes))
        .replaceAll("+", "-")
        .replaceAll("/", "_")
        .replaceAll("=", "");
    const change = (answer: {
      id: string;
      rawId: string;
      response: { clientDataJSON: string; authenticatorData: string; signature: string };
    }) => {
      const { response } = answer;
      const data = bytesOf(response.authenticatorData);
      const said = JSON.parse(new TextDecoder().decode(bytesOf(response.clientDataJSON)));
      if (how === "another-origin") said.origin = "https://portaria.example.net";
      if (how === "another-domain") data[0] = (data[0] ?? 0) ^ 1;
      if (how === "not-verified") data[32] = (data[32] ?? 0) & ~4;
      response.authenticatorData = textOf(data);
      response.clientDataJSON = textOf(new TextEncoder().encode(JSON.stringify(said)));
      if (how === "another-signature") {
        const signature = bytesOf(response.signature);
        const last = signature.length - 1;
        signature[last] = (signature[last] ?? 0) ^ 1;
        response.signature = textOf(signature);
      }
      if (how === "another-key") {
        const id = bytesOf(answer.id);
        id[0] = (id[0] ?? 0) ^ 1;
        answer.id = textOf(id);
        answer.rawId = answer.id;
      }
      return answer;
    };
    const send = HTMLFormElement.prototype.requestSubmit;
    HTMLFormElement.prototype.requestSubmit = function (this: HTMLFormElement, ...rest) {
      const field = this.elements.namedItem("passkey");
      const asked = this.elements.namedItem("ceremony");
      if (field instanceof HTMLInputElement && asked instanceof HTMLInputElement) {
        if (how === "no-answer") field.value = "{}";
        else if (how === "another-question") asked.value = crypto.randomUUID();
        else field.value = JSON.stringify(change(JSON.parse(field.value)));
      }
      return send.call(this, ...rest);
    };
  }, how);
}
