type Keys = readonly string[];

const wrong = <const Errors extends Keys, const Reasons extends Keys = readonly []>(
  errors: Errors,
  reasons = [] as unknown as Reasons,
) => ({ errors, reasons });

const email = ["emailMissing", "emailInvalid", "emailTooLong"] as const;
const nameParts = ["nameTooLong", "nameIsUrl", "nameInvalid"] as const;
const reason = ["reasonMissing", "reasonTooShort", "reasonTooLong"] as const;
const passwords = ["passwordMissing", "passwordWrong"] as const;
const widening = ["tooMany", "codesUsedUp", "passwordMustChange", "blocked"] as const;
const mayNot = ["oneself", "admins-only"] as const;
const act = wrong(reason, mayNot);
const decision = wrong(
  ["textMissing", "textTooShort", "textTooLong"],
  [...mayNot, "outdated", "over", "approved-by-you", "no-account", "taken", "not-independent"],
);
const passes = [
  ...mayNot,
  ...([
    "staff",
    "case-open",
    "password-off",
    "has-factor",
    "no-pending",
    "blocked",
    "too-many-pins",
  ] as const),
  ...(["wrong-pin", "call-back-impossible", "own-doing", "not-independent"] as const),
] as const;
const voice = wrong(
  ["usefulMissing", "commentTooLong", "starsMissing"],
  ["tooManyVoices", "unavailable"],
);

/** Why a passkey is not taken. */
export const passkeyRefused = [
  ...(["malformed", "not-asked", "used", "expired", "other-origin", "other-domain"] as const),
  ...(["not-verified", "not-kept", "unknown-key", "other-account", "not-agreed", "wrong"] as const),
] as const;

/**
 * What may be wrong with each form, as its answer carries it: of a field (`errors`), or of none of them
 * (`reasons`). They are keys of the messages by which its page says so, never words.
 */
export const refusedForms = {
  // Help
  "help-useful": voice,
  "help-stars": voice,
  "help-ask": wrong(["questionTooShort", "questionTooLong"], ["tooManyQuestions", "unavailable"]),
  "was-it-us": wrong(
    ["mailReferenceMissing", "mailReferenceMalformed", "sourceTooLong", "sourceNone"],
    ["tooManyMails", "unavailable"],
  ),
  // A lost mailbox
  "recover-start": wrong(email, ["tooManyDrafts", "noDraft"]),
  "recover-address": wrong([...email, "emailSame"], ["tooManyCodes", "blocked"]),
  "recover-code": wrong(
    ["codeMissing", "codeNotSixDigits", "codeWrong"],
    ["codeOver", "newerAddress", "tooOften"],
  ),
  "recover-story": wrong(["storyMissing", "storyTooShort", "storyTooLong"]),
  "recover-document": wrong(
    [
      ...(["documentMissing", "documentEmpty", "documentTooLarge", "documentWrongType"] as const),
      ...(["documentDamaged", "documentTooManyPixels", "documentLocked"] as const),
      ...(["documentPhonePicture", "documentPicture", "documentText"] as const),
    ],
    ["documentsFull", "tooManyDocuments", "statusOver"],
  ),
  "recover-send": wrong(
    ["missingAddress", "missingStory", "storyTooShort", "storyTooLong", "missingDocuments"],
    ["tooManySent", "tooManyLive"],
  ),
  "recover-look-up": wrong(
    [...email, "referenceMissing", "referenceMalformed"],
    ["unknown", "tooManyLooks"],
  ),
  "recover-answer": wrong(["answerMissing", "answerTooLong", "answersFull"], ["statusOver"]),
  "recover-withdraw": wrong([], ["statusOver"]),
  // A mail's "that was not me"
  "not-me": wrong(
    [...passwords, "answerMissing", "answerNone", "answerWrong"],
    ["tooMany", "blocked", ...passkeyRefused, "itself"],
  ),
  // The customer area
  "change-email": wrong([...email, "emailSame", ...passwords], [...widening, "tooOften"]),
  "add-address": wrong(
    [...email, "emailSame", "known", "too-many", "too-often", ...passwords],
    widening,
  ),
  "set-phone": wrong(["phoneNoCountry", "phoneInvalid", ...passwords], widening),
  address: wrong([], ["tooOften"]),
  details: wrong(["nameMissing", ...nameParts, "languageUnknown", "timeZoneUnknown"]),
  "add-place": wrong(
    [
      ...(["networkMissing", "malformed", "too-wide", "private", "covered", "overlaps"] as const),
      ...nameParts,
      ...passwords,
    ],
    widening,
  ),
  "rename-place": wrong(nameParts),
  "let-in": wrong(
    ["numberMissing", "numberNotTwoDigits", "numberWrong", ...passwords],
    ["tooMany", "numbersUsedUp", "noneWaiting", "already", "mayNot"],
  ),
  "trust-browser": wrong(passwords, widening),
  "add-app": wrong([], ["appsFull"]),
  "turn-on-app": wrong(
    [
      ...(["nameMissing", ...nameParts] as const),
      ...(["appCodeMissing", "appCodeNotSixDigits", "appCodeWrong"] as const),
      ...passwords,
    ],
    widening,
  ),
  "add-passkey": wrong([...passwords, "consentMissing"], [...widening, ...passkeyRefused]),
  "rename-passkey": wrong(["nameMissing", ...nameParts]),
  "allow-passkey": wrong([...passwords, "consentMissing", "secondStepStays"], widening),
  "keep-second-step": wrong(passwords, widening),
  "make-codes": wrong(passwords, widening),
  "choose-asking": wrong(passwords, widening),
  "remove-factor": wrong(
    ["answerMissing", "notAnAnswer", "answerWrong", ...passwords],
    ["tooMany", "blocked", "lastRequired", ...passkeyRefused, "itself"],
  ),
  close: wrong(passwords, ["tooMany", "lastAdmin"]),
  export: wrong(passwords, ["tooMany"]),
  // Staff
  "staff-invitation": wrong(
    [
      ...(["nameMissing", ...nameParts, "passwordMissing", "passwordTooShort"] as const),
      ...(["passwordTooLong", "passwordCommon", "passwordIsEmail", "passwordIsName"] as const),
    ],
    ["outdated"],
  ),
  invite: wrong(
    [...email, "roleUnknown", "reasonMissing", "reasonTooLong", "alreadyStaff"],
    ["tooOften"],
  ),
  "change-role": wrong(
    ["roleUnknown", "reasonMissing", "reasonTooLong"],
    ["oneself", "lastAdmin", "notStaff"],
  ),
  settings: wrong([], ["invalid"]),
  "help-answer": wrong(
    ["questionTooShort", "questionTooLong", "answerMissing", "answerTooLong"],
    ["overPublished", "overDeclined", "unavailable"],
  ),
  ask: decision,
  approve: decision,
  refuse: decision,
  "block-lifted": act,
  "sessions-ended-by-support": act,
  "place-forgotten-by-support": act,
  "password-switched-off": act,
  "mark-lifted": act,
  "reset-by-support": wrong(reason, [...mayNot, "too-often"]),
  "hotline-pass": wrong(
    [...reason, "referenceMissing", "referenceMalformed", "checkMissing"],
    passes,
  ),
  "confirm-call-back": wrong(reason, passes),
  // Texts of mails
  "edit-text": wrong(
    ["tooLong", "noteTooLong", "unknownColleague"],
    ["conflict", "refused", "nothingToPublish", "tooManyTests", "testRefused", "outdated"],
  ),
  "publish-text": wrong(
    ["reasonMissing", "reasonTooLong"],
    ["outdated", "notAsked", "ownText", "nothingToPublish", "refused"],
  ),
  "text-versions": wrong([], ["outdated", "refused", "notLive"]),
  "edit-frame": wrong(
    ["colorInvalid", "nameTooLong", "wordsTooLong", "logoUnknown", "noteTooLong"],
    ["conflict", "refused", "nothingToPublish", "outdated"],
  ),
  "create-block": wrong(["blockName", "blockTaken", "tooManyBlocks"]),
  "remove-block": wrong([], ["blockOutdated", "blockInUse"]),
  "upload-image": wrong([
    ...(["imageMissing", "imageTooLarge", "imageWrongType", "imageDamaged"] as const),
    ...(["imageTooManyPixels", "tooManyImages"] as const),
  ]),
  "template-settings": wrong(["hostInvalid", "tooManyHosts", "leadingUnknown"]),
  "import-texts": wrong([
    ...(["fileMissing", "fileTooLarge", "fileNotJson", "fileInvalid", "fileEmpty"] as const),
    ...(["fileNewer", "fileOutdated"] as const),
  ]),
} as const satisfies Record<string, { errors: Keys; reasons: Keys }>;

/** A form by the name its answers go by. */
export type RefusedFormName = keyof typeof refusedForms;

/** What may be wrong with a field of a form. */
export type ErrorOf<Form extends RefusedFormName = RefusedFormName> =
  (typeof refusedForms)[Form]["errors"][number];

/** What may be wrong with a form where none of its fields is at fault. */
export type ReasonOf<Form extends RefusedFormName = RefusedFormName> =
  (typeof refusedForms)[Form]["reasons"][number];

/** Whether a field of the form may be wrong in this way. */
export const isErrorOf = <Form extends RefusedFormName>(
  form: Form,
  key: string,
): key is ErrorOf<Form> => (refusedForms[form].errors as Keys).includes(key);
