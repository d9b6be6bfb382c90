import { OwnScript } from "@/components/own-script";

type SelectSearchProps = {
  /** The id of the select that a found option is chosen in, of those that have words to be found by. */
  selectId: string;
  label: string;
  /** `chosen` holds "{name}". */
  words: { none: string; chosen: string };
};

/**
 * Finds an option of a long select by what it is called anywhere. Comes with the scripts and has its
 * room from the start: the select beside it is the field, and this one has no name and is not sent.
 */
export function SelectSearch({ selectId, label, words }: SelectSearchProps) {
  const id = `${selectId}-search`;
  return (
    <div
      className="invisible noscript:hidden"
      data-finds-in={selectId}
      data-none={words.none}
      data-chosen={words.chosen}
    >
      <label htmlFor={id} className="block font-semibold">
        {label}
      </label>
      <input
        id={id}
        type="search"
        autoComplete="off"
        className="mt-2 block min-h-12 w-full rounded-lg border border-control bg-card px-3.5 py-2"
      />
      <ul className="mt-3 flex flex-wrap gap-2 empty:hidden" />
      <template>
        <li>
          <button
            type="button"
            className="min-h-11 cursor-pointer rounded-lg border border-control bg-card px-3.5 py-2 hover:bg-sunken"
          />
        </li>
      </template>
      {/* No role of its own: "status" is what the page says of a form that was sent. */}
      <p aria-live="polite" className="mt-1 text-quiet text-sm">
        <span data-said />
        <span data-said className="sr-only" />
      </p>
      <OwnScript name="select-search" />
    </div>
  );
}
