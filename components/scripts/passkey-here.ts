import { onEachPage } from "@/components/scripts/on-each-page";

const knows = "PublicKeyCredential" in window && isSecureContext;
let isAsked = false;

// What has to do with passkeys is large: it is fetched by browsers that have them, where a page has.
onEachPage(() => {
  for (const part of document.querySelectorAll<HTMLElement>("[data-passkey-here]")) {
    const { passkeyHere, script } = part.dataset;
    if (!knows || passkeyHere !== location.origin) {
      const word = part.parentElement?.querySelector<HTMLElement>("[data-passkey-missing]");
      if (word) word.hidden = false;
      // Under another name of the site its room stays empty, so that nothing moves.
      if (word || !knows) part.remove();
    } else if (script && !isAsked) {
      isAsked = true;
      const asked = document.createElement("script");
      asked.type = "module";
      asked.src = script;
      document.head.append(asked);
    }
  }
});
