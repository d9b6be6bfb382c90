import type { Fact } from "@/emails/mail-view";
import { light } from "@/emails/theme";

const cell = {
  fontSize: "16px",
  lineHeight: "24px",
  padding: "4px 0",
  verticalAlign: "top",
  textAlign: "left",
} as const;

/** What is known about where it came from; columns in the plain text too. */
export function FactsTable({ facts }: { facts: Fact[] }) {
  return (
    <table
      data-text-format="facts"
      width="100%"
      cellPadding={0}
      cellSpacing={0}
      style={{ borderCollapse: "collapse", margin: "0 0 10px" }}
    >
      <tbody>
        {facts.map((fact, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change their order
          <tr key={index}>
            <th
              scope="row"
              className="m-quiet"
              style={{
                ...cell,
                width: "38%",
                fontWeight: 400,
                paddingRight: "12px",
                color: light.quiet,
              }}
            >
              {fact.label}
            </th>
            <td
              className="m-text"
              style={{
                ...cell,
                fontWeight: 600,
                color: light.text,
                overflowWrap: "anywhere",
                wordBreak: "break-word",
              }}
            >
              {fact.value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
