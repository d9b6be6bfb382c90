import { cloneElement, isValidElement, type ReactElement, type ReactNode } from "react";

type Component = (props: unknown) => ReactNode | Promise<ReactNode>;

/**
 * Calls the components of a tree, and waits for those that are not done at once, until elements of HTML
 * alone are left. Components have no hooks here and no context: ours run on a server and nowhere else.
 *
 * @throws what a component throws; Error for one that is for browsers
 */
export async function resolveComponents(node: ReactNode): Promise<ReactNode> {
  if (node instanceof Promise) return resolveComponents(await node);
  if (Array.isArray(node)) return Promise.all(node.map(resolveComponents));
  if (!isValidElement<{ children?: ReactNode }>(node)) return node;
  const { type, props } = node;
  if (typeof type === "function") {
    if ("$$typeof" in type) throw new Error("A component for browsers needs the framework.");
    return resolveComponents(await (type as Component)(props));
  }
  if (!isDeep(props.children)) return node;
  return cloneElement(node as ReactElement, undefined, await resolveComponents(props.children));
}

const isDeep = (children: ReactNode): boolean => typeof children === "object" && children !== null;
