import {
  cloneElement,
  createElement,
  Fragment,
  isValidElement,
  type ReactElement,
  type ReactNode,
} from "react";
import { Checkbox, Radio } from "@/components/checkbox";
import { Field } from "@/components/field";
import type { Typed } from "@/components/form-desk";
import { Select } from "@/components/select";
import { TextArea } from "@/components/text-area";

type Props = {
  name?: unknown;
  type?: unknown;
  value?: unknown;
  defaultValue?: unknown;
  children?: ReactNode;
};
type Element = ReactElement<Props>;

const texts: readonly unknown[] = [Field, TextArea, Select, "textarea", "select"];
const boxes: readonly unknown[] = [Checkbox, Radio];

function isTick({ type, props }: Element): boolean {
  const ticked = props.type === "checkbox" || props.type === "radio";
  return boxes.includes(type) || (type === "input" && ticked);
}

/** A field that its page never fills in, such as a password or a code, stays empty here too. */
function isFilledIn({ type, props }: Element): boolean {
  return (texts.includes(type) || type === "input") && "defaultValue" in props;
}

function filled(element: Element, typed: Typed): Element {
  const { props } = element;
  if (typeof props.name !== "string") return element;
  const values = typed.get(props.name) ?? [];
  if (isTick(element)) {
    const own = typeof props.value === "string" ? props.value : "on";
    return cloneElement(element, { defaultChecked: values.includes(own) } as Props);
  }
  const [value] = values;
  if (value === undefined || !isFilledIn(element)) return element;
  return cloneElement(element, { defaultValue: value } as Props);
}

/**
 * The content of a form with what was typed into its fields. Reaches the fields that stand in the
 * form as elements, not those that a component of its own would bring along.
 */
export function fillIn(node: ReactNode, typed: Typed): ReactNode {
  if (Array.isArray(node)) {
    return createElement(Fragment, null, ...node.map((one) => fillIn(one, typed)));
  }
  if (!isValidElement<Props>(node)) return node;
  const element = filled(node, typed);
  const { children } = element.props;
  if (children === undefined || typeof children === "function") return element;
  return cloneElement(element, {}, fillIn(children, typed));
}

/** The hidden fields that stand in a form as elements. */
export function hiddenFields(node: ReactNode): Map<string, string> {
  if (Array.isArray(node)) return new Map(node.flatMap((one) => [...hiddenFields(one)]));
  if (!isValidElement<Props>(node)) return new Map();
  const { name, type, value, children } = node.props;
  if (node.type === "input" && type === "hidden" && typeof name === "string") {
    return new Map([[name, String(value ?? "")]]);
  }
  return hiddenFields(children);
}
