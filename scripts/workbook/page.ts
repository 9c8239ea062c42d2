import type { Item } from './format';
import type { Parts } from './items';

/** A tab of the workbook. */
export interface Page {
  /** The value of the parameter `Tab` that shows it. */
  readonly id: string;
  readonly title: string;
  readonly items: readonly Item[];
}

export type PageOf = (parts: Parts) => Page;
