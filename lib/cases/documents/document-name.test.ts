import fc from "fast-check";
import { expect, test } from "vitest";
import { documentName } from "@/lib/cases/documents/document-name";

const pdf = "application/pdf" as const;

test.each([
  ["invoice.pdf", "invoice.pdf"],
  ["Fatura de Março.PDF", "Fatura de Março.pdf"],
  ["C:\\Users\\Ana\\id.pdf", "id.pdf"],
  ["../../etc/passwd", "passwd.pdf"],
  ["invoice.exe", "invoice.exe.pdf"],
  ["fdp\u202e.exe", "fdp .exe.pdf"],
  ["two\r\nSet-Cookie: a=b.pdf", "two Set-Cookie a=b.pdf"],
  ["", "document.pdf"],
  [".pdf", "pdf.pdf"],
  ["  ", "document.pdf"],
  ["..", "document.pdf"],
])("%j is called %j", (given, name) => {
  expect(documentName(given, pdf)).toBe(name);
});

test("a picture keeps the ending that says so", () => {
  expect(documentName("id.jpeg", "image/jpeg")).toBe("id.jpeg");
  expect(documentName("id.png", "image/jpeg")).toBe("id.png.jpg");
});

test("whatever a file was called: no path, nothing invisible, 100 characters and its own ending", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (given) => {
      const name = documentName(given, pdf);
      expect(name).not.toMatch(/[/\\"<>]|\p{Cc}/u);
      expect([...name].length).toBeLessThanOrEqual(100);
      expect(name.toLowerCase()).toMatch(/[^.]\.pdf$/);
    }),
  );
});
