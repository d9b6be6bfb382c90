import { onEachPage } from "@/components/scripts/on-each-page";

const can = "PublicKeyCredential" in window && isSecureContext;
let isAsked = false;

// What has to do with passkeys is large: it is fetched by browsers that have them, where a page has.
onEachPage(() => {
  const script = document.querySelector<HTMLElement>("[data-script]")?.dataset.script;
  if (!can) {
    for (const part of document.querySelectorAll<HTMLElement>("[data-passkey-here]")) {
      part.hidden = true;
    }
  } else if (script && !isAsked) {
    isAsked = true;
    const asked = document.createElement("script");
    asked.type = "module";
    asked.src = script;
    document.head.append(asked);
  }
});
