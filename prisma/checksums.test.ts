import { expect, test } from "vitest";
import { formerChecksums } from "@/prisma/former-checksums";
import { checksumOf, readMigrations } from "@/prisma/migration-files";

/** Every migration that is on the main branch; a new one gets its line with it. */
const pinned: Record<string, string> = {
  "20261122212830_front_door": "4a2adbf9ec81036ebe6cb092fb6d5b70fe78e957d77faa87642a66937ba5fb2a",
  "20261122221051_password_reset":
    "27154f2b3b8cb70e94fbb7242ad90edf5d7ebcbce24432fc857415f8f682ae18",
  "20261123000132_own_keys": "0599a71a4e34b2bf666c49035530c792c5eecb0f2dce7a96f6f7ada9cb4cad54",
  "20261124224454_locked_out": "bd77b53d13734a8eb7c7d6e5b012f650612f0e3e5fed81ba5ba38dd297b87e73",
  "20261125021947_unanswered_cases":
    "04aa6af5e96858d15d0a3cab0d9db5c42158af2e9af66e50c4a573733deae08d",
  "20261125031015_mails_of_a_case":
    "731677dcd58407816b27d5f78741953c499453a103c7933fe87981f16f1120ca",
  "20261128192700_access_version":
    "97d8d2d3a8d315379757e4796183cb7f29fca8b038777d6951326f1da9e501f9",
  "20261128192820_second_pair_of_eyes":
    "7c81f0f030a96a525908234eb31c09c18a51c70f77b65a10430da9876ac2ec3b",
  "20261128193247_form_press": "49deda7461dac7b6b7730a724671e213b67e28e7238c742b4f1c853509e2d36e",
  "20261128193500_names_found_quickly":
    "58a3c6dbf4bd510a2b644d621ffa2e325d59a9ad081621b62045ea2d2653e86b",
  "20261128211817_mail_by_sending":
    "7cf3c7fe9338878782c78a824b84bcc9831883d6edefdb2e2786ac1bf7d54c79",
  "20261128223000_mail_pace": "70de84fd6d51a7e65f20ba33b3a07588f2f75437fb6ff262178f69b6694527a5",
  "20261128223706_running_process":
    "0890792c0202b343926830e2edaa5aac30d5cfb76d9610da59efb5d48dbe29a7",
  "20261128224000_read_in_order":
    "3ae73db199ffa4764ab038d3271b45dac1fd34c92e3c7db8dd819f6113de4bfb",
  "20261129015403_why_sessions_ended":
    "e16954c28675e3613a2b3a3f00287bee80fb7bc54ee454a861a01c815621393e",
  "20261129020000_returned_input":
    "a4dabff2b9d289521c8695d17d8062c5d9e7db4a80060170166765a4f464db74",
  "20261129021500_one_link_a_mail":
    "e7eed05e0d52afd9ab3b2785507144df503030e82b56aba480b88ea8c606886f",
  "20261129021600_links_of_mails_before":
    "2084d85b57dbd5a2fdfe4a6e8db2b1d3eb1800a95ca3ee121100963a7ad71161",
  "20261129060000_indexes_of_edited_migrations":
    "5ecf1d155c92414d0cb7d0a27c6960f076da8d9de51a2f4ccb4fcce589f27db4",
  "20261129060500_browser_causes_of_before":
    "5f8c473464dfa36ece0e8e1d548ff32b1f7b7c8e70ba89c8759d35fcbcfb4dba",
  "20261129073000_what_waits_for_staff":
    "27e4315621d24fc93bf8ff3826b25772d527d371d4752df69904773a12dd8a66",
  "20261129082500_time_zones_of_browsers":
    "6e9a9c3692a30df821add038f14e69e05625917af157391ac4defbdf399c66b7",
  "20261129114500_growth": "30228b40d8beb7010caa569220b9fd8bfa043ed904ef0685a2dae3b4f7e17e2c",
  "20261129124500_demo_people": "ecf707862162a400ccb9244c514b7866b3b090925b92b27899076d925b597504",
  "20261129175016_mail_texts": "26e7f2b2409a3f8fcc0e0fc9d713a8f6000eec9012e744e352ce619ddfd3a81c",
  "20261129181500_mail_tally": "8d1626ee242e72ce8f562032e0ba3e451d905972726ba47e68813152cc0ae7c1",
  "20261129205925_two_step": "aea4b1fa3211462798f4bf282224551bdbfd71202e8d67e71a82d5393b0b6a5c",
  "20261130000638_who_added_a_factor":
    "61f206f50cd7bccf2d279bd32e7ee44a4e637755b14fd85810b342e9c738f17a",
  "20261130000717_factor_known_by":
    "ec9b5349b4d3b7540f626252385e9b9875538f0870bbee4e6b8324eb4d124f5f",
  "20261130000900_mail_fate": "f8fd7e3ac429a7bacb08ce4881b82dd7d9e7b0a6be09ae2b68b7c2abba7d6941",
  "20261130083753_mails_that_come_back":
    "91bc0e721ef3449d71d57ee4b956d6990f2323ea00373a1b0c9e65ac9c379d00",
};

const unix = (script: string) => script.replaceAll("\r\n", "\n");

test("no migration is edited once it is on the main branch: databases have applied it", () => {
  const present = readMigrations().map(({ name, script }) => [name, checksumOf(unix(script))]);
  expect(Object.fromEntries(present)).toEqual(pinned);
});

test("checksums of before are of migrations that there are, and of no script of now", () => {
  for (const [name, checksum] of Object.entries(formerChecksums)) {
    expect(Object.keys(pinned)).toContain(name);
    expect(Object.values(pinned)).not.toContain(checksum);
  }
});
