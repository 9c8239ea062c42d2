import { app } from '@azure/functions';

import { requestScans } from '../shared/run/requests';
import { hostOf } from './host';

app.timer('scan-configuration', {
  schedule: '%AKS_DRIFT_SCHEDULE_CONFIGURATION%',
  useMonitor: true,
  handler: (_timer, context) => requestScans('configuration', hostOf(context)),
});
