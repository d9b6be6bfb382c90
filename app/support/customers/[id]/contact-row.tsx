import { showAddressesAction } from "@/app/support/customers/[id]/actions";
import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { Button } from "@/components/button";
import { PostForm } from "@/components/post-form";
import { getTranslations } from "@/lib/i18n/translations";
import { supportNumbers } from "@/lib/support/rules/limits";

/** How a customer is reached, in one row; masked until somebody asks to see it. */
export async function ContactRow({ page }: CustomerPart) {
  const t = await getTranslations("support.customer.addresses");
  const { areShown, contact, further, phone } = page.addresses;
  const facts = [
    { label: t("contact"), value: contact, isNone: false },
    ...further.map(({ email, confirmed }) => ({
      label: t("further"),
      value: confirmed ? email : t("unconfirmed", { address: email }),
      isNone: false,
    })),
    { label: t("phone"), value: phone ?? t("none"), isNone: phone === null },
  ];
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <dl className="grid gap-x-8 sm:flex sm:flex-wrap">
        {facts.map(({ label, value, isNone }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the facts never change their order
          <div key={index} className={isNone ? "min-w-0 max-sm:sr-only" : "min-w-0"}>
            {/* On a phone an address says itself what it is, and what is wrong must come into sight. */}
            <dt className="text-quiet text-sm max-sm:sr-only">{label}</dt>
            <dd className="font-medium tabular-nums [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
      {areShown ? (
        <p className="text-quiet text-sm">{t("shown", supportNumbers)}</p>
      ) : (
        <PostForm action={showAddressesAction} className="flex flex-wrap items-center gap-x-4">
          <input type="hidden" name="customer" value={page.id} />
          <p id="addresses-hint" className="text-quiet text-sm max-sm:sr-only">
            {t("showHint")}
          </p>
          <Button kind="quiet" aria-describedby="addresses-hint">
            {t("show")}
          </Button>
        </PostForm>
      )}
    </div>
  );
}
