import type { FormEntry } from "@/lib/forms/form-entry";
import { type ActionManifest, makeFormTable } from "@/lib/forms/form-table";

const at = (page: string) => ({ workers: { [page]: {} } });

/** A small site: what its build calls its actions. */
export const manifestForTests: ActionManifest = {
  node: {
    "4001": {
      filename: "app/(door)/login/actions.ts",
      exportedName: "signInAction",
      ...at("app/(door)/login/page"),
    },
    "4002": {
      filename: "app/contact/actions.ts",
      exportedName: "changeEmailAction",
      ...at("app/contact/page"),
    },
    "4003": {
      filename: "app/contact/actions.ts",
      exportedName: "addAddressAction",
      ...at("app/contact/page"),
    },
    "4004": {
      filename: "app/places/[id]/actions.ts",
      exportedName: "renameAction",
      ...at("app/places/[id]/page"),
    },
    "4005": {
      filename: "app/places/[id]/actions.ts",
      exportedName: "removeAction",
      ...at("app/places/[id]/page"),
    },
    "0006": {
      filename: "app/account/actions.ts",
      exportedName: "signOutAction",
      workers: { "app/account/page": {}, "app/contact/page": {} },
    },
    "4007": {
      filename: "app/verify/actions.ts",
      exportedName: "verifyAction",
      ...at("app/verify/page"),
    },
  },
};

export const registryForTests: Record<string, FormEntry> = {
  // Its second version takes forms of the first one too.
  "sign-in": {
    action: "app/(door)/login/actions#signInAction",
    page: "/login",
    versions: [1, 2],
    inQuery: ["callbackUrl"],
  },
  "change-email": {
    action: "app/contact/actions#changeEmailAction",
    page: "/contact",
    versions: [1],
    isMain: true,
  },
  "add-address": {
    action: "app/contact/actions#addAddressAction",
    page: "/contact",
    versions: [1],
  },
  // Its first version is gone.
  rename: {
    action: "app/places/[id]/actions#renameAction",
    page: "/places/[id]",
    versions: [2],
    inPath: "id",
  },
  remove: {
    action: "app/places/[id]/actions#removeAction",
    page: "/places/[id]",
    versions: [1],
    inPath: "id",
    formerly: { "forget-place": { how: "for good" } },
  },
  "sign-out": { action: "app/account/actions#signOutAction", page: "/account", versions: [1] },
  verify: { action: "app/verify/actions#verifyAction", page: "/verify", versions: [1] },
};

export const shapesForTests: Record<string, string> = {
  "sign-in.1": "email password",
  "sign-in.2": "callbackUrl email password",
  "change-email.1": "email password",
  "add-address.1": "email password",
  "rename.1": "name",
  "rename.2": "id name",
  "remove.1": "id",
  "forget-place.1": "id reason",
  "sign-out.1": "",
  "verify.1": "code",
  // A form that the site no longer has.
  "newsletter.1": "email",
};

export const tableForTests = () =>
  makeFormTable(registryForTests, shapesForTests, manifestForTests);
