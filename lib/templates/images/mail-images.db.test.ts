import { afterEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { IMAGE_PATTERN } from "@/lib/mail-document/document";
import { findImage, listImages, uploadImage } from "@/lib/templates/images/mail-images";
import { testDatabase } from "@/lib/testing/database";
import { chunk, joined, jpeg, pdf, photograph, png, zip } from "@/lib/testing/documents";
import { makeStaff } from "@/lib/testing/staff";
import { forgetTexts } from "@/lib/testing/texts";

testDatabase();
afterEach(forgetTexts);

test("a PNG and a JPEG are kept with their size, by their content alone, and found by their address", async () => {
  const ana = await makeStaff("marketing");
  const logo = png(640, 480);
  const uploaded = await uploadImage(ana, { name: "../Our logo.jpg", bytes: logo });
  expect(uploaded).toMatchObject({
    kind: "uploaded",
    image: { name: "Our logo.jpg.png", type: "image/png", width: 640, height: 480 },
  });
  const photo = await uploadImage(ana, { name: "a.png", bytes: jpeg(32, 16) });
  expect(photo).toMatchObject({ image: { type: "image/jpeg", width: 32, height: 16 } });
  const id = uploaded.kind === "uploaded" ? uploaded.image.id : "";
  expect(id).toMatch(IMAGE_PATTERN);
  const found = await findImage(id);
  expect(found?.type).toBe("image/png");
  expect(Buffer.from(found?.bytes ?? []).equals(Buffer.from(logo))).toBe(true);
  expect((await listImages(ana)).map(({ width }) => width).sort()).toEqual([32, 640]);
  for (const other of ["", "x", "../etc/passwd", `${id}x`, "a".repeat(24)]) {
    expect([other, await findImage(other)]).toEqual([other, null]);
  }
});

test.each(["baseline", "grey", "fullColour", "restarting", "progressive"] as const)(
  "the size of a photograph is read as encoders write it: %s",
  async (name) => {
    const bytes = photograph(name);
    const uploaded = await uploadImage(await makeStaff("marketing"), { name: "a.jpg", bytes });
    const image = uploaded.kind === "uploaded" ? uploaded.image : null;
    expect([image?.width, image?.height]).toEqual([24, 20]);
  },
);

test("the same picture is kept once, whoever brings it and whatever it is called", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  const first = await uploadImage(ana, { name: "a.png", bytes: png(3, 3) });
  const hung = joined(png(3, 3), "more");
  const again = await uploadImage(rui, { name: "b.png", bytes: hung });
  expect(again).toEqual({ ...first, kind: "kept-already" });
  expect(await db.mailImage.count()).toBe(1);
  const both = { name: "c.png", bytes: png(4, 4) };
  const kinds = await Promise.all([uploadImage(ana, both), uploadImage(rui, both)]);
  expect(kinds.map(({ kind }) => kind).sort()).toEqual(["kept-already", "uploaded"]);
});

const KIB = 1024;

test.each([
  ["no bytes", new Uint8Array(0), "empty"],
  ["more than 512 KiB", png(9, 9, [chunk("tEXt", new Uint8Array(512 * KIB))]), "too-large"],
  ["a PDF", pdf(), "not-a-picture"],
  ["a page", joined("<svg onload='alert(1)'>"), "not-a-picture"],
  ["a GIF", joined("GIF89a", new Array<number>(20).fill(0)), "not-a-picture"],
  ["a picture that is an archive too", png(9, 9, [chunk("tEXt", zip())]), "not-a-picture"],
  ["half a picture", png().slice(0, 40), "damaged"],
  ["more pixels than there are", png(20_000, 20_000), "too-many-pixels"],
])("%s: refused", async (_, bytes, because) => {
  const ana = await makeStaff("marketing");
  const refused = { kind: "refused", because };
  expect(await uploadImage(ana, { name: "a.png", bytes })).toEqual(refused);
  expect(await db.mailImage.count()).toBe(0);
});

test("a picture of 512 KiB is kept", async () => {
  const ana = await makeStaff("marketing");
  const bare = png(9, 9, [chunk("tEXt", [])]).length;
  const bytes = png(9, 9, [chunk("tEXt", new Uint8Array(512 * KIB - bare))]);
  expect(bytes).toHaveLength(512 * KIB);
  expect((await uploadImage(ana, { name: "a.png", bytes })).kind).toBe("uploaded");
});

test("who is signed out uploads nothing", async () => {
  const ana = await makeStaff("marketing");
  await db.session.update({ where: { id: ana.session.id }, data: { endedAt: new Date() } });
  const outcome = await uploadImage(ana, { name: "a.png", bytes: png() });
  expect(outcome).toEqual({ kind: "signed-out" });
  expect(await db.mailImage.count()).toBe(0);
});
