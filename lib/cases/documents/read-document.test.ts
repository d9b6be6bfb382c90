import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDocument } from "@/lib/cases/documents/read-document";
import { DOCUMENT_MAX_BYTES, PHOTOGRAPH_MAX_BYTES } from "@/lib/cases/rules/limits";
import {
  chunk,
  encryptedPdf,
  frame,
  joined,
  jpeg,
  jpegEnd,
  jpegStart,
  pdf,
  photograph,
  png,
  pngHeader,
  pngSignature,
  scan,
  segment,
  zip,
} from "@/lib/testing/documents";
import { encryptions, photographs } from "@/lib/testing/real-files";

const sound = [
  ["application/pdf", pdf()],
  ["image/png", png()],
  ["image/jpeg", photograph("baseline")],
] as const;

// Some phones leave a JPEG's end marker out: it is two bytes shorter, and whole.
const endMark = { "application/pdf": 1, "image/png": 1, "image/jpeg": jpegEnd.length + 1 };

const kindOf = (...parts: Parameters<typeof joined>) => readDocument(joined(...parts)).kind;

describe.each(sound)("%s", (type, file) => {
  test("is known by its content", () => {
    expect(readDocument(file)).toEqual({ kind: "document", type, bytes: file });
  });

  test("F5: what is hung on behind its end is cut off, whatever it is", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (tail) => {
        // A PDF may be continued: what ends with its own end mark is still one file.
        fc.pre(!Buffer.from(tail).includes("%%EOF") && tail[0] !== 0x0d && tail[0] !== 0x0a);
        expect(readDocument(joined(file, tail))).toEqual({ kind: "document", type, bytes: file });
      }),
    );
    for (const tail of [zip(), "<script>alert(1)</script>", jpeg(), "<?php phpinfo();"]) {
      expect(readDocument(joined(file, tail))).toEqual({ kind: "document", type, bytes: file });
    }
  });

  test("F2: cut short anywhere, it is never taken for a whole one", () => {
    fc.assert(
      fc.property(fc.nat({ max: file.length - 1 - endMark[type] }), (length) => {
        const read = readDocument(file.subarray(0, length));
        // The line end behind a PDF's last mark may be missing.
        expect(read.kind).not.toBe("document");
        expect(["empty", "damaged", "wrong-type"]).toContain(read.kind);
      }),
    );
  });

  test("with anything before it, it is not one, unless it is a PDF: then that is cut off", () => {
    const before = [" ", "GIF89a", zip(), "<html>", "\xef\xbb\xbf", "\0"];
    for (const one of before) {
      const read = readDocument(joined(one, file));
      if (type === "application/pdf") expect(read).toEqual({ kind: "document", type, bytes: file });
      else expect(read.kind).toBe("wrong-type");
    }
  });

  test("a broken byte throws nothing, and never makes it longer", () => {
    fc.assert(
      fc.property(fc.nat({ max: file.length - 1 }), fc.nat({ max: 255 }), (at, value) => {
        const broken = Uint8Array.from(file);
        broken[at] = value;
        const read = readDocument(broken);
        if (read.kind === "document") expect(read.bytes.length).toBeLessThanOrEqual(file.length);
      }),
    );
  });
});

test("hostile bytes throw nothing and are no document", () => {
  const heads = fc.constantFrom<number[] | string>("", jpegStart, pngSignature, "PK\x03\x04");
  fc.assert(
    fc.property(heads, fc.uint8Array({ maxLength: 500 }), (head, bytes) => {
      expect(kindOf(head, bytes)).not.toBe("document");
    }),
  );
});

test.each([
  ["a web page", "<!DOCTYPE html><script>alert(1)</script>"],
  ["a picture that is a script", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"],
  ["a GIF", "GIF89a\x01\0\x01\0"],
  ["an archive", zip("nothing")],
  ["a program", "MZ\x90\0"],
  ["a PDF of a version that does not exist", "%PDF-9.1\n%%EOF"],
])("F6: %s is no document, whatever it is called", (_, bytes) => {
  expect(kindOf(bytes)).toBe("wrong-type");
});

test("F1: an empty file, and one byte too many", () => {
  expect(readDocument(new Uint8Array())).toEqual({ kind: "empty" });
  const file = new Uint8Array(DOCUMENT_MAX_BYTES + 1);
  file.set(pdf());
  expect(readDocument(file)).toEqual({ kind: "too-large" });
  expect(readDocument(file.subarray(0, DOCUMENT_MAX_BYTES)).kind).toBe("document");
});

const boxes = (...brands: string[]) =>
  joined(
    [0, 0, 0, 8 + 4 * brands.length + 4],
    "ftyp",
    brands[0] ?? "",
    [0, 0, 0, 0],
    ...brands.slice(1),
  );

test.each([
  ["HEIC", "phone-picture", boxes("heic", "mif1", "heic")],
  ["HEIC", "phone-picture", boxes("mif1", "heix", "mif1")],
  ["HEIF", "phone-picture", boxes("mif1", "mif1")],
  ["AVIF", "picture", boxes("avif", "mif1")],
  ["WebP", "picture", joined("RIFF", [1, 2, 3, 4], "WEBPVP8 ")],
  ["TIFF", "picture", joined("II*\0", [8, 0, 0, 0])],
  ["TIFF", "picture", joined("MM\0*", [0, 0, 0, 8])],
  ["GIF", "picture", joined("GIF89a\x01\0\x01\0")],
  ["BMP", "picture", joined("BM", new Array<number>(12).fill(0), [40, 0, 0, 0])],
  ["JPEG XL", "picture", joined([0xff, 0x0a, 1])],
  ["Word", "text", joined("PK\x03\x04....[Content_Types].xml....word/document.xml")],
  ["Word", "text", joined([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
  ["Excel", "text", joined("PK\x03\x04....xl/workbook.xml")],
  ["OpenDocument", "text", joined("PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text")],
  ["RTF", "text", joined("{\\rtf1")],
])("%s is known by its content, and by its name to whoever brought it", (name, kind, bytes) => {
  expect(readDocument(bytes)).toEqual({ kind: "wrong-type", format: { name, kind } });
});

test("F4: an archive hidden in a picture, its end held within by a comment, is not taken", () => {
  const behind = chunk("IEND").length + 4;
  expect(readDocument(png(1, 1, [])).kind).toBe("document");
  const hidden = (comment: number) =>
    joined(
      pngSignature,
      pngHeader(1, 1),
      chunk("IDAT", [1]),
      chunk("teXt", joined("PK\x05\x06", new Array<number>(16).fill(0), [comment, 0])),
      chunk("IEND"),
    );
  expect(readDocument(hidden(behind)).kind).toBe("wrong-type");
  expect(readDocument(hidden(behind + 1)).kind).toBe("document");
  expect(kindOf(pdf(), zip("%%EOF"))).toBe("wrong-type");
});

test("F4: an archive is found also when something follows it, however much", () => {
  expect(kindOf(pdf(), zip(), "%%EOF")).toBe("wrong-type");
  expect(kindOf(pdf(), zip("a comment"), "\n%%EOF\n")).toBe("wrong-type");
  expect(kindOf(pdf(), zip(), new Array<number>(100_000).fill(32), "%%EOF")).toBe("wrong-type");
  const inside = chunk("teXt", zip());
  expect(readDocument(png(1, 1, [inside])).kind).toBe("wrong-type");
});

test("F4: four bytes by chance are no archive: its directory lies before them", () => {
  const end = (directory: number[]) =>
    joined("PK\x05\x06", new Array<number>(8).fill(0), directory, [0, 0, 0, 0, 0, 0]);
  expect(readDocument(png(1, 1, [chunk("teXt", end([1, 0, 1, 0]))])).kind).toBe("document");
  expect(readDocument(png(1, 1, [chunk("teXt", end([8, 0, 0, 0]))])).kind).toBe("wrong-type");
  // As ZIP64 writes it.
  const elsewhere = end([255, 255, 255, 255]);
  expect(readDocument(png(1, 1, [chunk("teXt", elsewhere)])).kind).toBe("wrong-type");
});

describe("PDF", () => {
  test.each([
    ["a byte order mark", "\xef\xbb\xbf"],
    ["a byte order mark of UTF-16", "\xff\xfe"],
    ["line breaks", "\r\n\n"],
    ["a printer's words", "\x1b%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\n"],
    ["a mail's head", "Content-Type: application/pdf\r\n\r\n"],
    ["as much as readers look through", "x".repeat(1_023)],
  ])("%s before its head is cut off", (_, before) => {
    const read = readDocument(joined(before, pdf(), "behind"));
    expect(read).toEqual({ kind: "document", type: "application/pdf", bytes: pdf() });
  });

  test("a head further in than readers look is none", () => {
    expect(kindOf("x".repeat(1_025), pdf())).toBe("wrong-type");
  });

  test("a picture with a PDF's head in it is a picture", () => {
    const file = joined(jpegStart, segment(0xfe, "%PDF-1.4"), photograph("grey").subarray(2));
    expect(readDocument(file)).toMatchObject({ type: "image/jpeg", bytes: file });
  });

  test.each(encryptions)(
    "F5a: encrypted by $by it asks for a password: $asks",
    ({ asks, ...how }) => {
      expect(readDocument(encryptedPdf(how)).kind).toBe(asks ? "locked" : "document");
    },
  );

  test("strings in brackets, another filter and an unreadable dictionary are distinguished", () => {
    const [open, locked] = encryptions;
    const inBrackets = open.dictionary.replace(/<([0-9a-f]{64})>/g, (_, hex: string) => {
      const octal = [...Buffer.from(hex, "hex")].map((byte) => byte.toString(8).padStart(3, "0"));
      return `(\\${octal.join("\\")})`;
    });
    expect(kindOf(encryptedPdf({ ...open, dictionary: inBrackets }))).toBe("document");
    const byKey = locked.dictionary.replace("/Standard", "/Adobe.PubSec");
    expect(kindOf(encryptedPdf({ ...locked, dictionary: byKey }))).toBe("locked");
    const broken = open.dictionary.replace(/\/U <\w+>/, "");
    expect(kindOf(encryptedPdf({ ...open, dictionary: broken }))).toBe("locked");
    expect(kindOf(pdf("All about /Encrypt 1 0 R"))).toBe("document");
  });

  test("what was added to it later belongs to it, up to the last end mark", () => {
    const file = joined(pdf(), "3 0 obj\nnull\nendobj\nstartxref\n9\n%%EOF");
    expect(readDocument(joined(file, "\r\nrest"))).toMatchObject({
      kind: "document",
      bytes: joined(file, "\r\n"),
    });
  });

  test("one made for slow lines and cut short is damaged, although an end mark stands near its start", () => {
    const head =
      "%PDF-1.7\n1 0 obj\n<< /Linearized 1 /L 9000 /H [1 2] >>\nendobj\nstartxref\n0\n%%EOF\n";
    expect(kindOf(head, "more")).toBe("damaged");
    const whole = joined(head, new Array<number>(9_000).fill(32), "%%EOF");
    expect(readDocument(whole).kind).toBe("document");
  });
});

describe("PNG", () => {
  test("F3: claims of more pixels than a picture may have are refused before anything is unpacked", () => {
    expect(readDocument(png(100_000, 100_000)).kind).toBe("too-many-pixels");
    expect(readDocument(png(0xffffffff, 0xffffffff)).kind).toBe("too-many-pixels");
    expect(readDocument(png(10_000, 10_000)).kind).toBe("document");
    expect(readDocument(png(10_001, 10_000)).kind).toBe("too-many-pixels");
    expect(readDocument(png(0, 10)).kind).toBe("damaged");
  });

  test("a header that is missing, comes late or comes twice is damaged", () => {
    const [header, data, end] = [pngHeader(1, 1), chunk("IDAT", [1]), chunk("IEND")];
    expect(kindOf(pngSignature, header, data, end)).toBe("document");
    expect(kindOf(pngSignature, data, end)).toBe("damaged");
    expect(kindOf(pngSignature, data, header, end)).toBe("damaged");
    expect(kindOf(pngSignature, header, pngHeader(50_000, 50_000), data, end)).toBe("damaged");
    expect(kindOf(pngSignature, header, end)).toBe("damaged");
  });

  test("a chunk that claims to be longer than the file is damaged", () => {
    const liar = joined([0xff, 0xff, 0xff, 0xff], "tEXt", chunk("IEND"));
    expect(kindOf(pngSignature, pngHeader(1, 1), chunk("IDAT", [1]), liar)).toBe("damaged");
  });
});

describe("JPEG", () => {
  test("a progressive picture is kept with all its scans", () => {
    const tables = segment(0xc4, [0, 1, 2]);
    const file = joined(
      jpegStart,
      frame(640, 480, 0xc2),
      scan(1, 2, 0xff, 0),
      tables,
      scan(3, 0xff, 0xd7, 4),
      jpegEnd,
    );
    expect(readDocument(joined(file, jpeg()))).toMatchObject({ kind: "document", bytes: file });
  });

  test("a small picture inside it, as cameras write it, does not end it", () => {
    const file = joined(jpegStart, segment(0xe1, joined("Exif\0\0", jpeg())), jpeg().subarray(2));
    expect(readDocument(file)).toMatchObject({ kind: "document", bytes: file });
  });

  test("prefixes may fill up before a marker", () => {
    const file = joined(jpegStart, [0xff, 0xff], frame(8, 8), scan(1), [0xff, 0xff], jpegEnd);
    expect(readDocument(file)).toMatchObject({ kind: "document", bytes: file });
  });

  const names = Object.keys(photographs) as (keyof typeof photographs)[];
  const withoutEnd = (name: keyof typeof photographs) => photograph(name).subarray(0, -2);

  test.each(names)("a %s photograph whose end marker is missing gets it", (name) => {
    expect(readDocument(withoutEnd(name))).toMatchObject({ bytes: photograph(name) });
  });

  // Their bodies are longer than what is said of them here; none is looked into.
  const film = joined([0, 0, 0, 24], "ftypmp42", [0, 0, 0, 0], "isommp42", [0, 0, 0, 8], "mdat");
  const samsung = joined([0, 0, 0x30, 0x0a, 16, 0, 0, 0], "MotionPhoto_Data", film, "SEFH", "SEFT");
  const trailers: [string, Uint8Array][] = [
    ["a film", film],
    ["Samsung's", samsung],
    ["a second picture", photograph("grey")],
    ["a second picture of the same kind", photograph("baseline")],
    ["zeros", new Uint8Array(500)],
    ["markers that are none", joined([0xff, 0x07, 0xff, 0xd9, 0xff, 0xc4, 0xff, 0xff])],
  ];
  test.each(trailers)("%s behind it is cut off", (_, trailer) => {
    for (const name of names) {
      const bytes = photograph(name);
      expect(readDocument(joined(bytes, trailer))).toMatchObject({ kind: "document", bytes });
    }
    for (const name of names.filter((one) => one !== "progressive")) {
      const bytes = photograph(name);
      expect(readDocument(joined(withoutEnd(name), trailer))).toMatchObject({ bytes });
    }
    // Where progressive data end cannot be known: it is taken with what looks like some.
    expect(readDocument(joined(withoutEnd("progressive"), trailer)).kind).toBe("document");
  });

  test("F2: of a picture without its end marker nothing else may be missing", () => {
    for (const name of names.filter((one) => one !== "progressive")) {
      const file = withoutEnd(name);
      for (let length = 0; length < file.length; length += 1) {
        expect(readDocument(file.subarray(0, length)).kind).not.toBe("document");
      }
    }
    const progressive = withoutEnd("progressive");
    expect(readDocument(progressive.subarray(0, progressive.length / 2)).kind).toBe("damaged");
  });

  test("a maker's trailer does not count towards its size, and what is left of it does", () => {
    const film = new Uint8Array(PHOTOGRAPH_MAX_BYTES - photograph("baseline").length);
    expect(readDocument(joined(photograph("baseline"), film))).toMatchObject({
      bytes: photograph("baseline"),
    });
    expect(kindOf(photograph("baseline"), film, [0])).toBe("too-large");
    const long = joined(scan(), new Uint8Array(DOCUMENT_MAX_BYTES));
    expect(readDocument(jpeg(8, 8, [long])).kind).toBe("too-large");
  });

  test("F3: claims of more pixels than a picture may have are refused", () => {
    expect(readDocument(jpeg(65_535, 65_535)).kind).toBe("too-many-pixels");
    expect(readDocument(jpeg(10_000, 10_000)).kind).toBe("document");
    expect(readDocument(jpeg(0, 8)).kind).toBe("damaged");
  });

  test("one without a frame or a scan, or with a segment longer than the file, is damaged", () => {
    expect(kindOf(jpegStart, jpegEnd)).toBe("damaged");
    expect(kindOf(jpegStart, frame(8, 8), jpegEnd)).toBe("damaged");
    expect(kindOf(jpegStart, scan(1), jpegEnd)).toBe("damaged");
    expect(kindOf(jpegStart, [0xff, 0xe0, 0xff, 0xff], jpegEnd)).toBe("damaged");
    expect(kindOf(jpegStart, [0xff, 0xe0, 0, 0], jpeg().subarray(2))).toBe("damaged");
  });
});
