import { version } from '../../package.json';

/** Of this package; stands in every row. */
export const MONITOR_VERSION = version;
