import type { Metadata } from "next";
import { TextPage } from "@/app/templates/[kind]/text-page";
import { readTextAddress, type TextAddress } from "@/app/templates/text-address";
import { textWords } from "@/app/templates/text-words";

export async function generateMetadata(address: TextAddress): Promise<Metadata> {
  return { title: (await textWords()).name(await readTextAddress(address)) };
}

export default async function PlainEditorPage(address: TextAddress) {
  return <TextPage address={address} view="plain" />;
}
