import { getTranslations } from "next-intl/server";
import { showAddressesAction } from "@/app/support/customers/[id]/actions";
import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { Button } from "@/components/button";
import { Facts } from "@/components/facts";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import { supportNumbers } from "@/lib/support/rules/limits";

/** Where a customer is reached; masked until somebody asks to see it. */
export async function Addresses({ page }: CustomerPart) {
  const t = await getTranslations("support.customer.addresses");
  const { areShown, contact, further, phone } = page.addresses;
  const written = further.map(({ email, confirmed }) =>
    confirmed ? email : t("unconfirmed", { address: email }),
  );
  return (
    <Section id="addresses" title={t("title")}>
      <Facts
        facts={[
          { label: t("contact"), value: contact },
          ...(written.length === 0
            ? []
            : [
                {
                  label: t("further"),
                  value: written.map((address) => (
                    <span key={address} className="block [overflow-wrap:anywhere]">
                      {address}
                    </span>
                  )),
                },
              ]),
          { label: t("phone"), value: phone ?? t("none") },
        ]}
      />
      {areShown ? (
        <p className="text-quiet text-sm">{t("shown", supportNumbers)}</p>
      ) : (
        <PostForm action={showAddressesAction} className="grid gap-1">
          <input type="hidden" name="customer" value={page.id} />
          <div>
            <Button kind="inline">{t("show")}</Button>
          </div>
          <p className="text-quiet text-sm">{t("showHint")}</p>
        </PostForm>
      )}
    </Section>
  );
}
