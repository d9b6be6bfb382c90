import { Alert } from "@/components/alert";
import { fieldId } from "@/components/field";

type ErrorSummaryProps = {
  title: string;
  /** In the order of the fields; the same words as at the field. */
  errors: readonly { field: string; message: string }[];
};

/** GOV.UK's error summary: every error of a form, each a link to its field. */
export function ErrorSummary({ title, errors }: ErrorSummaryProps) {
  if (errors.length === 0) return null;
  return (
    <Alert title={title} answers>
      <ul className="grid gap-1">
        {errors.map(({ field, message }) => (
          <li key={field}>
            <a
              href={`#${fieldId(field)}`}
              className="font-semibold text-danger underline underline-offset-4"
            >
              {message}
            </a>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
