import type { Item, Workbook } from '../../scripts/workbook/format';

/** A query of the workbook, and the item or parameter that it stands in. */
export interface Found {
  readonly place: string;
  readonly query: string;
}

/** All items, those inside groups too. */
export function allItems(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [item, ...(item.type === 12 ? allItems(item.content.items) : [])]);
}

/** Every query that the workbook can run. */
export function queriesOf(workbook: Workbook): Found[] {
  return allItems(workbook.items).flatMap((item): Found[] => {
    if (item.type === 3) {
      return [{ place: item.name, query: item.content.query }];
    }
    if (item.type !== 9) {
      return [];
    }
    return item.content.parameters.flatMap((parameter) =>
      parameter.type !== 4 && parameter.query !== undefined
        ? [{ place: `${item.name}: ${parameter.name}`, query: parameter.query }]
        : [],
    );
  });
}
