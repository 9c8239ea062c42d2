/** An example of the Kusto documentation, or a small part of one: a query and the rows that the page prints for it. */
export interface DocumentedCase {
  /** What of the interpreter the example is about: a kind of syntax, an operator as written, or `name()`. */
  readonly of: string;
  /** The page below https://learn.microsoft.com/kusto/query/ */
  readonly page: string;
  /** The page's, with a `datatable` in the place of a table that the page does not show. */
  readonly query: string;
  readonly rows: readonly (readonly unknown[])[];
  /** The page prints no rows for such a query: these follow from its words. */
  readonly words?: true;
}

/** An example with one value. */
export const valueOf = (of: string, page: string, expression: string, value: unknown): DocumentedCase => ({
  of,
  page,
  query: `print v = ${expression}`,
  rows: [[value]],
});

/** Examples of a function, whose page is named after it unless another one is given. */
export const functionCases = (
  name: string,
  cases: readonly (readonly [expression: string, value: unknown])[],
  page = `${name.replaceAll('_', '-')}-function`,
): DocumentedCase[] => cases.map(([expression, value]) => valueOf(`${name}()`, page, expression, value));

/** The same cases, which follow from the words of their pages. */
export const inWords = (...cases: DocumentedCase[]): DocumentedCase[] =>
  cases.map((each) => ({ ...each, words: true }));
