import { app } from '@azure/functions';

import { requestScans } from '../shared/run/requests';
import { hostOf } from './host';

app.timer('scan-certificates', {
  schedule: '%AKS_DRIFT_SCHEDULE_CERTIFICATES%',
  useMonitor: true,
  handler: (_timer, context) => requestScans('certificates', hostOf(context)),
});
