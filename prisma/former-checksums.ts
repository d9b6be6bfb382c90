/**
 * Checksums of scripts that were edited after they had been on the main branch, by migration: a database
 * that applied them as they were is sound. What the first two lacked comes with the migration
 * `indexes_of_edited_migrations`. There will be no others: `checksums.test.ts` pins every script.
 */
export const formerChecksums: Record<string, string | undefined> = {
  "20261124224454_locked_out": "9c75fca671deb8d9b91914860e43d8352a1425766100e4094c6fa9766b99dd8e",
  "20261128223000_mail_pace": "dc6287606aff3b1c28722dab5b2d83ee5b4d5c45c6c469d830060354e0f91b3c",
  "20261129021600_links_of_mails_before":
    "9d2f0beea8af715a637f7b4ec79e9a1ae43987c76cf10111bf3b6c3296540414",
};
