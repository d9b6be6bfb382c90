import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { decodeSettings, parseSettings } from "@/lib/machine/settings-text.mjs";

const read = (text: string) => Object.fromEntries(parseSettings(text));

test.each<[string, string, Record<string, string>]>([
  ["lines", "A=1\nB=2", { A: "1", B: "2" }],
  ["Windows' line ends", "A=1\r\nB=2\r\n", { A: "1", B: "2" }],
  ["old line ends", "A=1\rB=2", { A: "1", B: "2" }],
  ["empty lines and comments", "\n# A=0\n  # more\nA=1\n\t\n", { A: "1" }],
  ["export", "export A=1\n export  B=2", { A: "1", B: "2" }],
  ["spaces around", "  A = 1 2  \nB=\t3", { A: "1 2", B: "3" }],
  ["nothing", "A=\nB= # none\nC=#", { A: "", B: "", C: "" }],
  ["a comment behind a space", "A=1 # one\nB=1 #one", { A: "1", B: "1" }],
  ["# inside a word", "A=p#w\nB=#1f5fbf\nC=x#", { A: "p#w", B: "#1f5fbf", C: "x#" }],
  ["= in a value", "A=b=c==", { A: "b=c==" }],
  ["double quotes", 'A="x # y" # c\nB=" z "', { A: "x # y", B: " z " }],
  ["single quotes and backquotes", "A='\"x\"'\nB=`it's`", { A: '"x"', B: "it's" }],
  ["several lines", "A='one\ntwo'\nB=\"1\r\n2\"\nC=3", { A: "one\ntwo", B: "1\n2", C: "3" }],
  [
    "\\n, in double quotes alone",
    "A=\"a\\nb\"\nB='a\\nb'\nC=a\\nb",
    { A: "a\nb", B: "a\\nb", C: "a\\nb" },
  ],
  ["$ as it stands", 'A=1\nB=$A\nC="$A"\nD=p$$w', { A: "1", B: "$A", C: "$A", D: "p$$w" }],
  ["a name twice: the later", "A=1\nA=2", { A: "2" }],
  ["quotes inside a word", 'A=it\'s\nB=a"b"c', { A: "it's", B: 'a"b"c' }],
])("%s are read", (_, text, expected) => {
  expect(read(text)).toEqual(expected);
});

test("what Node's own reader takes without a doubt is read the same", () => {
  const text = 'A=1\nexport B=two words\nC="x # y"\nD=\'a\nb\'\nE="a\\nb"\nF=x # c\n\n# G=1\nH=\n';
  expect(read(text)).toEqual({ ...parseEnv(text) });
});

test.each([
  ["A=1\nPORT 3000", "line 2 is no NAME=value; correct or remove it"],
  ["PORT: 3000", "line 1 is no NAME=value; correct or remove it"],
  ["=secret", "line 1 is no NAME=value; correct or remove it"],
  ["A-B=secret", "line 1 is no NAME=value; correct or remove it"],
  ['A=1\r\n\r\nB="secret\nC=2', "the quotation mark of line 3 is never closed"],
  [
    'A="1"\nB="sec"ret"',
    "line 2 goes on behind the closing quotation mark; put the other kind of mark around a value that holds one",
  ],
])("%j is refused by its line's number and not its words", (text, sentence) => {
  expect(() => parseSettings(text)).toThrow(sentence);
});

test("a byte order mark is no part of the first name", () => {
  const bytes = Buffer.from("\uFEFFAUTH_SECRET=x\n");
  expect(read(decodeSettings(bytes))).toEqual({ AUTH_SECRET: "x" });
});

const utf16 = (text: string) => Buffer.from(text, "utf16le");

test.each<[string, Buffer, RegExp]>([
  ["UTF-16, little end first", utf16("\uFEFFA=1\n"), /^it is UTF-16, and UTF-8 is needed; save it/],
  ["UTF-16, big end first", utf16("\uFEFFA=1\n").swap16(), /^it is UTF-16, and UTF-8 is needed/],
  ["UTF-16 without a mark", utf16("A=1\n"), /^it holds zero bytes, as UTF-16 does/],
  [
    "Latin-1",
    Buffer.from("A=1\nBRAND_NAME=S\xf8ren\n", "latin1"),
    /^line 2 is not UTF-8 \(Latin-1/,
  ],
  ["half a character", Buffer.from([0x41, 0x3d, 0xe2, 0x82]), /^line 1 is not UTF-8/],
])("%s is refused by a sentence that says so", (_, bytes, sentence) => {
  expect(() => decodeSettings(bytes)).toThrow(sentence);
});
