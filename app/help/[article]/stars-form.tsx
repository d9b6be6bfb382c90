import { fieldOf } from "@/app/forms/refused-form";
import { rateAction } from "@/app/help/[article]/actions";
import { feedbackForm } from "@/app/help/[article]/feedback-forms";
import { Button } from "@/components/button";
import { FieldError, fieldId } from "@/components/field";
import { PostForm } from "@/components/post-form";
import type { Notice } from "@/lib/forms/notice";
import type { ArticleTalk } from "@/lib/help/article-talk";
import { helpPageNumbers } from "@/lib/help/rules/limits";
import { numberFormat } from "@/lib/i18n/formats";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

type StarsFormProps = {
  article: string;
  notice: Notice | null;
  voices: ArticleTalk["voices"];
};

const most = helpPageNumbers.mostStars;

/** The stars of an article: what others gave, and a row of them to choose from. */
export async function StarsForm({ article, notice, voices }: StarsFormProps) {
  const t = await getTranslations("helpFeedback.stars");
  const form = await feedbackForm(notice, "help-stars");
  const error = form.error("stars");
  const id = fieldId(fieldOf("help-stars", "stars"));
  const chosen = form.value("stars") || String(voices.ownStars ?? "");
  const figures = numberFormat(await getLocale(), {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const { average, ratings } = voices;
  return (
    <PostForm action={rateAction} className="grid gap-3">
      <input type="hidden" name="article" value={article} />
      <div
        role="radiogroup"
        aria-labelledby={`${id}-title`}
        aria-invalid={error ? true : undefined}
        aria-describedby={error && `${id}-error`}
        className={error ? "border-danger border-l-4 pl-4" : undefined}
      >
        <p id={`${id}-title`} className="font-semibold text-lg leading-snug">
          {t("title")}
        </p>
        <FieldError
          id={id}
          error={error}
          errorPrefix={(await getTranslations("common"))("errorPrefix")}
        />
        <div className="mt-1 -ml-2 flex">
          {Array.from({ length: most }, (_, index) => String(index + 1)).map((stars) =>
            star({
              id: stars === "1" ? id : `${id}-${stars}`,
              value: stars,
              label: t("star", { count: Number(stars) }),
              isChosen: stars === chosen,
              errorId: error && `${id}-error`,
            }),
          )}
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button kind="inline">{t("submit")}</Button>
        <p className="text-quiet text-sm tabular-nums">
          {average === null
            ? t("none")
            : t("average", { average: figures.format(average), most, count: ratings })}
        </p>
      </div>
    </PostForm>
  );
}

type StarProps = {
  id: string;
  value: string;
  label: string;
  isChosen: boolean;
  /** Of what is wrong with the choice. */
  errorId: string | undefined;
};

// The chosen star and those before it are filled: a row of radio buttons, drawn as one would expect.
// They stand in their form itself, which fills them in again (components/post-form.tsx).
function star({ id, value, label, isChosen, errorId }: StarProps) {
  return (
    <label
      key={value}
      htmlFor={id}
      className="relative grid size-11 cursor-pointer place-items-center rounded-lg text-control hover:text-accent has-[:checked]:text-accent has-[:focus-visible]:outline-3 has-[:focus-visible]:outline-accent [&:has(:checked)_svg]:fill-current [&:has(~label_:checked)]:text-accent [&:has(~label_:checked)_svg]:fill-current"
    >
      <input
        type="radio"
        id={id}
        name="stars"
        value={value}
        defaultChecked={isChosen}
        aria-describedby={errorId}
        className="sr-only"
      />
      <svg
        viewBox="0 0 24 24"
        aria-hidden="true"
        className="size-7 fill-none stroke-[1.5] stroke-current"
      >
        <path
          strokeLinejoin="round"
          d="M12 3.2l2.7 5.6 6.1.8-4.5 4.3 1.1 6.1L12 17.1 6.6 20l1.1-6.1-4.5-4.3 6.1-.8z"
        />
      </svg>
      <span className="sr-only">{label}</span>
    </label>
  );
}
