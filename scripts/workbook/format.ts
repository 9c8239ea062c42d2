/**
 * The part of the workbook format that this workbook uses.
 * https://github.com/microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json
 */
export interface Workbook {
  readonly version: 'Notebook/1.0';
  readonly items: readonly Item[];
  readonly fallbackResourceIds: readonly string[];
  readonly $schema: string;
}

export type Item = TextItem | QueryItem | ParametersItem | LinksItem | GroupItem;

interface Named {
  readonly name: string;
  /** Percent of the width of the page. */
  readonly customWidth?: string;
  readonly conditionalVisibility?: Condition;
}

/** An item is shown only while this holds. */
export interface Condition {
  readonly parameterName: string;
  readonly comparison: 'isEqualTo' | 'isNotEqualTo';
  readonly value: string;
}

export interface TextItem extends Named {
  readonly type: 1;
  readonly content: { readonly json: string; readonly style?: 'info' | 'warning' };
}

export interface QueryItem extends Named {
  readonly type: 3;
  readonly content: QueryContent;
}

/** Where a query runs, and over which time: the whole of the tables, as every query bounds itself. */
export interface LogsQuery {
  readonly query: string;
  readonly queryType: 0;
  readonly resourceType: 'microsoft.operationalinsights/workspaces';
  readonly timeContext: { readonly durationMs: number };
}

/** A click on a row sets a parameter to the value of a column. */
export interface Exported {
  readonly exportFieldName: string;
  readonly exportParameterName: string;
  readonly exportDefaultValue: string;
}

export interface QueryContent extends LogsQuery, Partial<Exported> {
  readonly version: 'KqlItem/1.0';
  readonly title: string;
  readonly size: 0 | 1 | 3 | 4;
  readonly noDataMessage: string;
  readonly visualization: Visualization;
  readonly showExportToExcel?: boolean;
  readonly gridSettings?: GridSettings;
  readonly tileSettings?: TileSettings;
  readonly chartSettings?: ChartSettings;
}

export type Visualization = 'table' | 'tiles' | 'linechart' | 'barchart';

export interface GridSettings {
  readonly formatters: readonly Formatter[];
  readonly rowLimit: number;
  readonly filter: boolean;
  readonly labelSettings: readonly { readonly columnId: string; readonly label: string }[];
}

/** How the cells of a column look: 1 text, 5 hidden, 6 date, 7 link, 8 heat map, 12 big number, 18 by thresholds. */
export interface Formatter {
  readonly columnMatch: string;
  readonly formatter: 1 | 5 | 6 | 7 | 8 | 12 | 18;
  readonly formatOptions?: {
    readonly linkTarget?: 'Url';
    readonly linkLabel?: string;
    readonly palette?: string;
    readonly min?: number;
    readonly max?: number;
    readonly thresholdsOptions?: 'icons' | 'colors';
    readonly thresholdsGrid?: readonly Threshold[];
    readonly customColumnWidthSetting?: string;
  };
  readonly numberFormat?: { readonly unit: number; readonly options: { readonly style: 'decimal' } };
  readonly dateFormat?: { readonly showUtcTime: true; readonly formatName: string };
}

export interface Threshold {
  readonly operator: '==' | '<' | '<=' | 'Default';
  readonly thresholdValue: string | null;
  readonly representation: string;
  readonly text: string;
}

export interface TileSettings {
  readonly titleContent: Formatter;
  readonly leftContent: Formatter;
  readonly subtitleContent: Formatter;
  readonly showBorder: boolean;
}

export interface ChartSettings {
  readonly xAxis: string;
  readonly yAxis: readonly string[];
  readonly group?: string;
  readonly showLegend: true;
}

export interface ParametersItem extends Named {
  readonly type: 9;
  readonly content: {
    readonly version: 'KqlParameterItem/1.0';
    readonly parameters: readonly Parameter[];
    readonly style: 'pills';
    readonly queryType: 0;
    readonly resourceType: 'microsoft.operationalinsights/workspaces';
  };
}

export type Parameter = TextParameter | DropDownParameter | TimeRangeParameter;

interface ParameterHead {
  readonly id: string;
  readonly version: 'KqlParameterItem/1.0';
  readonly name: string;
  readonly label?: string;
  readonly description?: string;
}

/** Its value is the first cell of a query. */
export interface TextParameter extends ParameterHead, LogsQuery {
  readonly type: 1;
  readonly isHiddenWhenLocked: true;
}

/** Choices come from a query (value, label, selected) or are listed. */
export interface DropDownParameter extends ParameterHead, Partial<LogsQuery> {
  readonly type: 2;
  readonly isRequired: true;
  readonly value: string | readonly string[];
  /** What is chosen when nothing is, as the public templates have it beside the value. */
  readonly defaultValue?: 'value::all';
  readonly jsonData?: string;
  readonly multiSelect?: true;
  readonly quote?: "'";
  readonly delimiter?: ',';
  readonly typeSettings: {
    readonly additionalResourceOptions: readonly string[];
    readonly selectAllValue?: string;
    readonly showDefault: false;
  };
}

export interface TimeRangeParameter extends ParameterHead {
  readonly type: 4;
  readonly isRequired: true;
  readonly value: { readonly durationMs: number };
  readonly typeSettings: {
    readonly selectableValues: readonly { readonly durationMs: number }[];
    readonly allowCustom: true;
  };
}

export interface LinksItem extends Named {
  readonly type: 11;
  readonly content: { readonly version: 'LinkItem/1.0'; readonly style: 'tabs'; readonly links: readonly TabLink[] };
}

/** Sets a parameter when it is clicked. */
export interface TabLink {
  readonly id: string;
  readonly cellValue: string;
  readonly linkTarget: 'parameter';
  readonly linkLabel: string;
  readonly subTarget: string;
  readonly style: 'link';
}

export interface GroupItem extends Named {
  readonly type: 12;
  readonly content: {
    readonly version: 'NotebookGroup/1.0';
    readonly groupType: 'editable';
    readonly items: readonly Item[];
  };
}
