import { OwnScript } from "@/components/own-script";

/**
 * Opens the form that the address's fragment leads to, and puts the cursor into its first field. Without
 * scripts the browser goes to the button that opens it.
 *
 * @param names the fragments that do, by how they begin: others lead to a field or a heading
 */
export function OpenByFragment({ names }: { names: readonly string[] }) {
  return (
    <>
      <span hidden data-opened-by={names.join(" ")} />
      <OwnScript name="open-by-fragment" />
    </>
  );
}
