import { type FormEntry, formsOf } from "@/lib/forms/form-entry";

const ofText = { inPath: "kind", inQuery: ["language"] } as const;

/** Those of the studio. */
export const studioForms: Record<string, FormEntry> = {
  ...formsOf(
    "/templates/[kind]/plain",
    "app/templates/[kind]/actions",
    {
      "edit-text": { action: "editTextAction", isMain: true },
      "publish-text": "publishAction",
      "discard-draft": "discardAction",
      "look-at-text": "lookAtAction",
    },
    ofText,
  ),
  ...formsOf(
    "/templates/[kind]/versions",
    "app/templates/[kind]/versions/actions",
    { "roll-back-text": "rollBackAction", "text-built-in": "backToBuiltInAction" },
    ofText,
  ),
  ...formsOf("/templates/blocks", "app/templates/blocks/actions", {
    "create-block": "createBlockAction",
    "remove-block": "removeBlockAction",
  }),
  ...formsOf("/templates/frame", "app/templates/frame/actions", {
    "edit-frame": "editFrameAction",
  }),
  ...formsOf("/templates/images", "app/templates/images/actions", {
    "upload-image": "uploadImageAction",
  }),
  ...formsOf("/templates/settings", "app/templates/settings/actions", {
    "template-settings": "saveTemplateSettingsAction",
  }),
  ...formsOf("/templates/transfer", "app/templates/transfer/actions", {
    "import-texts": { action: "importAction", versions: [1, 2] },
  }),
};
