import type { Metadata } from "next";
import { TextPage } from "@/app/templates/[kind]/text-page";
import { openText } from "@/app/templates/open-text";
import type { TextAddress } from "@/app/templates/text-address";
import { textWords } from "@/app/templates/text-words";

export async function generateMetadata(address: TextAddress): Promise<Metadata> {
  const { key } = await openText(address, "plain");
  return { title: (await textWords()).name(key) };
}

export default async function PlainEditorPage(address: TextAddress) {
  const { staff, key } = await openText(address, "plain");
  const { person } = await address.searchParams;
  return <TextPage staff={staff} of={key} view="plain" person={person} />;
}
