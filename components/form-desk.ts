/** What was typed into a form that came back: by field, every value that was sent. */
export type Typed = ReadonlyMap<string, readonly string[]>;

/** The field by which a page's script sends what stands half filled in its other forms. */
export const BESIDE_FIELD = "beside";

/** What whoever serves the pages knows of their forms. */
export type FormDesk = {
  /** What a form with this action is to carry; the action's own id where it may. */
  idOf(actionId: string): string;
  /** What the form is called that carries this id; null where it is none. */
  nameOf(id: string): string | null;
  /**
   * What was typed into this very form, where it came back unsent; null otherwise.
   *
   * @param hidden its hidden fields, which distinguish several of one kind
   */
  typedInto(actionId: string, hidden: ReadonlyMap<string, string>): Typed | null;
  /** Whether the page says that a form was not taken. */
  answersRefused(): boolean;
  /** An id that no element of the page being made has yet. */
  freshId(): string;
};

// The server and the pages each evaluate this file; the process has one desk.
const key = Symbol.for("portaria.form-desk");
const holder = globalThis as { [key]?: FormDesk };

/** Sets the desk of this process. Without one, forms carry their action's own id. */
export function setFormDesk(desk: FormDesk | undefined): void {
  holder[key] = desk;
}

/** The desk of this process, if any. */
export function formDesk(): FormDesk | undefined {
  return holder[key];
}

/** Whether the page being shown says that a form was not taken. */
export const answersRefused = (): boolean => formDesk()?.answersRefused() === true;

/** An id for an element of the page being made, and for none beside it. */
export const freshId = (): string => formDesk()?.freshId() ?? crypto.randomUUID();
