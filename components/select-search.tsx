"use client";

import { useEffect, useState } from "react";

/** What can be chosen, and all that it is found by. */
export type Searchable = { value: string; label: string; words: string };

type SelectSearchProps = {
  /** The id of the select that a found option is chosen in. */
  selectId: string;
  label: string;
  choices: readonly Searchable[];
  words: { none: string; chosen: string };
};

// As many as the country with the most zones has; one character alone would find as many of
// anything.
const SHOWN = 30;
const CHARACTERS = 2;

// "reunion" finds "Réunion".
const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const wordsOf = (text: string) =>
  plain(text)
    .split(/[\s,/_().’-]+/)
    .filter(Boolean);

/**
 * The first few that every typed word begins a word of: those whose label begins so, then those
 * that have it as a whole word ("India" is not Indiana), then the rest.
 */
export function findChoices(choices: readonly Searchable[], typed: string): Searchable[] {
  const wanted = wordsOf(typed);
  if (wanted.join("").length < CHARACTERS) return [];
  const ranked = choices.flatMap((choice) => {
    const own = wordsOf(choice.words);
    if (!wanted.every((word) => own.some((start) => start.startsWith(word)))) return [];
    const isFirst = wordsOf(choice.label).join(" ").startsWith(wanted.join(" "));
    const rank = isFirst ? 0 : wanted.every((word) => own.includes(word)) ? 1 : 2;
    return [{ choice, rank }];
  });
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, SHOWN)
    .map(({ choice }) => choice);
}

/**
 * Finds an option of a long select by what it is called anywhere. Comes with the scripts and has
 * its room from the start: the select beside it is the field, and this one has no name and is not
 * sent.
 */
export function SelectSearch({ selectId, label, choices, words }: SelectSearchProps) {
  const [isReady, setReady] = useState(false);
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => setReady(true), []);
  const found = findChoices(choices, typed);
  const choose = ({ value, label: name }: Searchable) => {
    const select = document.getElementById(selectId);
    if (!(select instanceof HTMLSelectElement)) return;
    select.value = value;
    setTyped("");
    setChosen(name);
  };
  const id = `${selectId}-search`;
  const isMissing = typed.trim().length >= CHARACTERS && found.length === 0;
  return (
    <div className={`noscript:hidden ${isReady ? "" : "invisible"}`}>
      <label htmlFor={id} className="block font-semibold">
        {label}
      </label>
      <input
        id={id}
        type="search"
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(null);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          // Enter takes the first one found, and does not send the form around it.
          event.preventDefault();
          if (found[0]) choose(found[0]);
        }}
        className="mt-2 block min-h-12 w-full rounded-lg border border-control bg-card px-3.5 py-2"
      />
      <ul className="mt-3 flex flex-wrap gap-2 empty:hidden">
        {found.map((choice) => (
          <li key={choice.value}>
            <button
              type="button"
              onClick={() => choose(choice)}
              className="min-h-11 cursor-pointer rounded-lg border border-control bg-card px-3.5 py-2 hover:bg-sunken"
            >
              {choice.label}
            </button>
          </li>
        ))}
      </ul>
      {/* No role of its own: "status" is what the page says of a form that was sent. */}
      <p aria-live="polite" className="mt-1 text-quiet text-sm">
        {isMissing ? words.none : chosen === null ? null : words.chosen.replace("{name}", chosen)}
        {/* Who does not see the buttons hears which there are. */}
        <span className="sr-only">{found.map(({ label: name }) => name).join(", ")}</span>
      </p>
    </div>
  );
}
